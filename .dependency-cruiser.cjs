/** The rooms of src: a room imports only from rooms above it in this list, and nothing goes round in a circle. */
const rooms = [
  'random',
  'data',
  'envs',
  'networks',
  'memory',
  'agents',
  'metrics',
  'evaluate',
  'train',
  'conformance',
  'sweep',
  'figures',
  'notebook',
  'cli',
]

const downwards = rooms.map((room, at) => ({
  name: `${room}-imports-only-from-above`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${[...rooms.slice(at + 1), 'index'].join('|')})(/|\\.)` },
}))

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { path: '^src/', orphan: true, pathNot: '^src/(index|cli/main)\\.ts$' }, to: {} },
    ...downwards,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^src/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
