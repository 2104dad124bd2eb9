/** Quick mode: notebooks run as tests with few episodes and save nothing; the same notebooks in full take minutes. */

/** True when the notebook runs as a test (SHOPLAB_QUICK=1): keep it short and write no file. */
export function quickMode(): boolean {
  return process.env.SHOPLAB_QUICK === '1'
}

/** How much of something to do: `full` for people, `quick` for tests. budget(3000, 20) episodes, for instance. */
export function budget<Amount>(full: Amount, quick: Amount): Amount {
  return quickMode() ? quick : full
}
