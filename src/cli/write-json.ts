/** One line of JSON on standard output, for machines; typed arrays become lists, and what is no number null. */
export function writeJson(value: unknown): void {
  process.stdout.write(
    `${JSON.stringify(value, (_, inner) => (ArrayBuffer.isView(inner) && !(inner instanceof DataView) ? Array.from(inner as Float64Array) : inner))}\n`,
  )
}
