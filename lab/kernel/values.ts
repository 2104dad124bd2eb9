/** How the value of a cell's last expression is shown. */
import { inspect } from 'node:util'

const display = Symbol.for('shoplab.display')

/** MIME types to data. An object draws itself by a method named by the symbol `shoplab.display`; all else is inspected. */
export function drawn(value: unknown): Record<string, unknown> {
  const draw = (value as { [display]?: () => Record<string, unknown> } | null)?.[display]
  if (typeof draw === 'function') return { 'text/plain': inspect(value, { depth: 1 }), ...draw.call(value) }
  return { 'text/plain': inspect(value) }
}
