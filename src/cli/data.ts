/** `shoplab data`: a made-up shop's tables as CSV files. */
import { generateTables } from '../data/generate-tables'
import { writeTables } from '../data/write-tables'
import { writeJson } from './write-json'

export interface DataOptions {
  readonly seed: number
  readonly users: number
  readonly items: number
  readonly interactions: number
  readonly out: string
  readonly json?: boolean
}

export function data({ seed, users, items, interactions, out, json }: DataOptions): void {
  const files = writeTables(generateTables({ seed, users, items, interactions }), out)
  if (json) writeJson({ seed, users, items, interactions, files })
  else
    process.stdout.write(
      `seed ${seed}: ${users} users, ${items} items, ${interactions} interactions\n${files.map(file => `  ${file}\n`).join('')}`,
    )
}
