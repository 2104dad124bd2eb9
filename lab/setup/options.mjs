/** Reads a command's options; a mistake is told in one line, with what is allowed. */
import { parseArgs } from 'node:util'

/** A mistake on the command line. */
export class OptionError extends Error {}

/**
 * @param {readonly string[]} words
 * @returns {{ browser: boolean, port: number, check: boolean, retry: boolean, help: boolean }}
 * @throws {OptionError}
 */
export function startOptions(words) {
  const options = /** @type {const} */ ({
    'no-browser': { type: 'boolean' },
    port: { type: 'string' },
    check: { type: 'boolean' },
    retry: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  })
  const values = parse(words, options, 'npm start -- --help')
  const port = Number(values.port ?? 8888)
  if (!/^\d+$/.test(values.port ?? '8888') || port < 1 || port > 65_535) {
    throw new OptionError(`--port is ${values.port}; it must be a whole number from 1 to 65535, as in: npm start -- --port 8899`)
  }
  return {
    browser: !values['no-browser'],
    port,
    check: values.check ?? false,
    retry: values.retry ?? false,
    help: values.help ?? false,
  }
}

/**
 * @param {readonly string[]} words
 * @param {readonly string[]} parts that may be asked for
 * @returns {{ only: readonly string[], verbose: boolean, help: boolean }}
 * @throws {OptionError}
 */
export function testOptions(words, parts) {
  const options = /** @type {const} */ ({
    only: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
    help: { type: 'boolean', short: 'h' },
  })
  const values = parse(words, options, 'npm test -- --help')
  const only = values.only === undefined ? parts : values.only.split(',').map(word => word.trim())
  for (const word of only) {
    if (!parts.includes(word)) throw new OptionError(`--only names ${JSON.stringify(word)}; it takes one or more of ${parts.join(',')}`)
  }
  return { only, verbose: values.verbose ?? false, help: values.help ?? false }
}

/**
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {readonly string[]} words
 * @param {Options} options
 * @param {string} help the command that lists them
 */
function parse(words, options, help) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: false }).values
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split('. To specify')[0]
    throw new OptionError(`${message}; ${help} lists what there is`)
  }
}
