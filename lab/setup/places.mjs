/** Where everything of the laboratory lives. All of it is inside the checkout, so that nothing else on the machine is written to. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout this file belongs to. */
export const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * @param {string} [root] the checkout
 */
export function places(root = checkout) {
  const cache = path.join(root, '.cache')
  return {
    root,
    cache,
    temporary: path.join(cache, 'tmp'),
    logs: path.join(cache, 'logs'),
    lock: path.join(cache, 'setup.lock'),
    modules: path.join(root, 'node_modules'),
    environment: path.join(root, '.venv'),
    python: path.join(root, '.venv', 'bin', 'python'),
    requirements: path.join(root, 'lab', 'python', 'requirements.lock'),
    tensorflow: path.join(cache, 'tensorflow'),
    jupyter: path.join(root, '.jupyter'),
    lab: path.join(root, 'lab', 'jupyter'),
    kernel: path.join(root, 'lab', 'jupyter', 'kernels', 'tslab'),
    notebooks: path.join(root, 'notebooks'),
  }
}

/** @typedef {ReturnType<typeof places>} Places */

/** Settings of a user's shell that would lead pip or Python somewhere else than into the checkout. */
const misleading = [
  'PYTHONHOME',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'VIRTUAL_ENV',
  'PIP_TARGET',
  'PIP_PREFIX',
  'PIP_ROOT',
  'PIP_REQUIRE_VIRTUALENV',
  'PIP_CONSTRAINT',
]

/**
 * The environment of every program started here: `node` on the path is this one (the kernel asks for it), and caches, temporary files and
 * Jupyter's folders inside the checkout.
 *
 * @param {Places} at
 * @param {NodeJS.ProcessEnv} [base]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(at, base = process.env) {
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !misleading.includes(name) && !name.startsWith('npm_package_')))
  return {
    ...kept,
    PATH: [path.join(at.modules, '.bin'), ...(nodeFirst(base.PATH) ? [] : [path.dirname(process.execPath)]), base.PATH]
      .filter(Boolean)
      .join(':'),
    TMPDIR: at.temporary,
    npm_config_cache: path.join(at.cache, 'npm'),
    npm_config_devdir: path.join(at.cache, 'node-gyp'),
    PIP_CACHE_DIR: path.join(at.cache, 'pip'),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    PIP_USER: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
    JUPYTER_PATH: at.lab,
    JUPYTER_CONFIG_PATH: path.join(at.lab, 'config'),
    JUPYTER_CONFIG_DIR: path.join(at.jupyter, 'config'),
    JUPYTER_DATA_DIR: path.join(at.jupyter, 'data'),
    JUPYTER_RUNTIME_DIR: path.join(at.jupyter, 'runtime'),
    IPYTHONDIR: path.join(at.jupyter, 'ipython'),
    TF_CPP_MIN_LOG_LEVEL: base.TF_CPP_MIN_LOG_LEVEL ?? '2',
  }
}

/**
 * Whether the first `node` on a path is the one that runs this.
 *
 * @param {string | undefined} searched
 */
function nodeFirst(searched) {
  const first = (searched ?? '').split(':').find(folder => fs.existsSync(path.join(folder, 'node')))
  return first !== undefined && fs.realpathSync(path.join(first, 'node')) === fs.realpathSync(process.execPath)
}
