/** Comes before the kernel by --require, and so before every worker thread it starts: what the command line needs too. */
const fs = require('node:fs')
const path = require('node:path')

require(path.join(fs.realpathSync(__dirname), '../../../preload.cjs'))
