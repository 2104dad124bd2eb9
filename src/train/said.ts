/** A value in a few words, for errors that say what was given where a shop, an actor or a setting was asked for. */
import type { Actor } from '../agents/myopic-oracle'
import type { Env } from '../envs/env'

/** `'text'`, `3`, `undefined`, `a shop`, `an actor`, `a promise`, `a list`, … */
export function said(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return 'a list'
  if (isShop(value)) return 'a shop'
  if (isActor(value)) return 'an actor'
  return has(value, 'then') ? 'a promise' : 'an object'
}

export function isShop(value: unknown): value is Env {
  return has(value, 'reset') && has(value, 'step')
}

export function isActor(value: unknown): value is Actor {
  return has(value, 'act')
}

function has(value: unknown, method: string): boolean {
  return typeof (value as Readonly<Record<string, unknown>> | null | undefined)?.[method] === 'function'
}
