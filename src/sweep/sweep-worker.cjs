// What a worker of a sweep starts with; TypeScript files load from here on.
require('../../lab/preload.cjs')
require('./sweep-worker.ts')
