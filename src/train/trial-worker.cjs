// What a worker of a comparison starts with, thread or process; TypeScript files load from here on.
require('../../lab/preload.cjs')
require('./trial-worker.ts')
