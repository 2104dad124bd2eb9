/**
 * What comes before everything else in the kernel (node --require, so that worker threads inherit it) and in the command line:
 * TypeScript files load as they are, nothing is written outside the checkout, TensorFlow is quiet.
 */
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const util = require('node:util')

const checkout = path.join(fs.realpathSync(__dirname), '..')

// Not the settings of whatever folder the command was typed in.
process.env.TSX_TSCONFIG_PATH ??= path.join(checkout, 'tsconfig.json')

// tsx keeps transformed files in the system's folder for temporary files, which os.tmpdir reads from the environment:
// it finds the checkout's own cache there while it loads.
const cache = path.join(checkout, '.cache', 'tsx')
const tmpdir = os.tmpdir
try {
  fs.mkdirSync(cache, { recursive: true })
  fs.accessSync(cache, fs.constants.W_OK)
  os.tmpdir = () => cache
} catch {
  process.env.TSX_DISABLE_CACHE = '1' // a checkout that may not be written to
}
require('tsx/cjs')
os.tmpdir = tmpdir

// Gone in Node 23, still called by tfjs-node 4.22.
/** @type {Record<string, (value: unknown) => boolean>} */
const gone = {
  isArray: Array.isArray,
  isBoolean: value => typeof value === 'boolean',
  isFunction: value => typeof value === 'function',
  isNull: value => value === null,
  isNullOrUndefined: value => value === null || value === undefined,
  isNumber: value => typeof value === 'number',
  isObject: value => value !== null && typeof value === 'object',
  isString: value => typeof value === 'string',
  isUndefined: value => value === undefined,
}
for (const [name, check] of Object.entries(gone)) {
  if (!(name in util)) util[name] = check
}

// Leaves out TensorFlow's banner; warnings and errors stay.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
