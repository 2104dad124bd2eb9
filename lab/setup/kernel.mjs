/** The TypeScript kernel: its specification is part of the checkout; a relative link lets a plain `jupyter lab` in the environment find it too. */
import fs from 'node:fs'
import path from 'node:path'
import { StepError } from './steps.mjs'

/**
 * @param {import('./places.mjs').Places} at
 * @returns {string} the kernel's name as Jupyter shows it
 */
export function kernelName(at) {
  const file = path.join(at.kernel, 'kernel.json')
  const mend = 'git checkout -- lab/jupyter/kernels'
  let specification
  try {
    specification = JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StepError('the kernel specification lab/jupyter/kernels/tslab/kernel.json is missing or damaged', { why, mend })
  }
  for (const word of specification.argv ?? []) {
    const file = String(word)
    if (!file.startsWith('{resource_dir}/')) continue
    if (!fs.existsSync(path.join(at.kernel, file.slice('{resource_dir}/'.length)))) {
      throw new StepError(`the kernel's file ${file.replace('{resource_dir}', 'lab/jupyter/kernels/tslab')} is missing`, { mend })
    }
  }
  return String(specification.display_name)
}

/** @param {import('./places.mjs').Places} at */
export function kernelLink(at) {
  const link = path.join(at.environment, 'share', 'jupyter', 'kernels', 'tslab')
  return { link, target: path.relative(path.dirname(link), at.kernel) }
}

/** @type {import('./steps.mjs').Step} */
export const kernel = {
  name: 'Kernel',
  async run({ at }) {
    const name = kernelName(at)
    const { link, target } = kernelLink(at)
    let present
    try {
      present = fs.readlinkSync(link)
    } catch {}
    if (present !== target) {
      fs.rmSync(link, { recursive: true, force: true })
      fs.mkdirSync(path.dirname(link), { recursive: true })
      fs.symlinkSync(target, link)
    }
    return name
  },
}
