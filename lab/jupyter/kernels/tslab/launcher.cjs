/** Jupyter starts this file, perhaps through a symlink to its folder; the kernel itself is TypeScript, in lab/kernel. */
const { realpathSync } = require('node:fs')
const { join } = require('node:path')

require(join(realpathSync(__dirname), '../../../kernel/launcher.ts'))
