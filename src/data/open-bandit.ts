/**
 * The Open Bandit Dataset: what a fashion shop showed in 2019, at which of three positions, with what probability, and whether it was
 * clicked (Saito, Aihara, Matsutani & Narita 2020, arXiv:2008.07146). Two policies ran side by side, uniform random and Bernoulli Thompson
 * sampling (bts), in three campaigns. Here is its sample of 10,000 rounds each, which `npx shoplab data --shop open-bandit` fetches.
 *
 * A round is one item at one position, so three rounds may be of one page; which ones the data do not say. The action is the item and the
 * propensity that of the item at its position. The context is the four categories of the user, one-hot without the first of each in the
 * order of their texts, as zr-obp has it (obp/dataset/real.py, pre_process: pandas' get_dummies with drop_first), but over both logs of the
 * campaign, so that what is learned from one can be judged by the other; zr-obp encodes each file for itself.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkKeys, checkWord } from './check'
import { readSheet, type Sheet } from './csv'
import { dataFolder } from './data-folder'
import { checkFeedback, type LoggedFeedback } from './logged-feedback'
import { UserError } from './user-error'

export const openBanditBehaviours = ['random', 'bts'] as const
export const openBanditCampaigns = ['all', 'men', 'women'] as const

/** Items of each campaign (table 1 of the paper). */
const itemsOf = { all: 80, men: 34, women: 46 } as const

export interface OpenBanditOptions {
  /** The policy that wrote the log. */
  readonly behaviour: (typeof openBanditBehaviours)[number]
  readonly campaign: (typeof openBanditCampaigns)[number]
  /** Where the files are; the folder open-bandit in the nearest data folder. */
  readonly folder?: string
}

export interface OpenBanditFeedback extends LoggedFeedback {
  /** Where the item stood, from the left: 0, 1 or 2; [rounds]. */
  readonly position: Int32Array
  /** What each number of a context is, [width]: 'user_feature_0=…'. */
  readonly contextNames: readonly string[]
}

const userFeatures = [0, 1, 2, 3].map(feature => `user_feature_${feature}`)
const columns = ['item_id', 'position', 'click', 'propensity_score', ...userFeatures]

/**
 * A log, in the order of time.
 *
 * @throws UserError when the file is not there, saying how to get it, or naming line, column and value of what is wrong in it
 */
export function openBandit(options: OpenBanditOptions): OpenBanditFeedback {
  checkKeys('openBandit', options, ['behaviour', 'campaign', 'folder'])
  const behaviour = checkWord('behaviour', options.behaviour, openBanditBehaviours)
  const campaign = checkWord('campaign', options.campaign, openBanditCampaigns)
  const folder = options.folder ?? join(dataFolder(), 'open-bandit')
  const files = openBanditBehaviours.map(name => join(folder, name, campaign, `${campaign}.csv`))
  for (const file of files) if (!existsSync(file)) throw new UserError(`${file} does not exist; ${howToFetch(options.folder)}`)
  const place = openBanditBehaviours.indexOf(behaviour)
  const [file, sheets] = [files[place]!, files.map(each => readSheet(each, columns))]
  const sheet = sheets[place]!
  if (sheet.rows === 0) throw new UserError(`${file} has a header and no rounds; there must be at least one`)
  const propensity = sheet.numbers('propensity_score', 0, 1)
  const zero = propensity.indexOf(0)
  if (zero >= 0) throw sheet.wrong(zero, 'propensity_score', 'above 0: what was shown had a probability')
  const feedback = {
    rounds: sheet.rows,
    actions: itemsOf[campaign],
    action: Int32Array.from(sheet.wholes('item_id', 0, itemsOf[campaign] - 1)),
    reward: sheet.wholes('click', 0, 1),
    propensity,
    position: Int32Array.from(sheet.wholes('position', 1, 3), position => position - 1),
    ...oneHot(sheet, sheets),
  }
  checkFeedback(feedback)
  return feedback
}

/** What to type. @param folder where not the usual one */
export function howToFetch(folder?: string): string {
  return `\`npx shoplab data --shop open-bandit${folder === undefined ? '' : ` --out ${folder}`}\` fetches the data`
}

/** @param all both logs of the campaign, whose categories are encoded */
function oneHot(sheet: Sheet, all: readonly Sheet[]): Pick<OpenBanditFeedback, 'contexts' | 'width' | 'contextNames'> {
  const cells = userFeatures.map(feature => sheet.texts(feature))
  const kept = userFeatures.flatMap((name, feature) =>
    Array.from(new Set(all.flatMap(each => each.texts(name))))
      .sort()
      .slice(1)
      .map(value => ({ feature, value })),
  )
  const width = kept.length
  const contexts = new Float64Array(sheet.rows * width)
  for (const [at, { feature, value }] of kept.entries()) {
    for (let round = 0; round < sheet.rows; round++) if (cells[feature]![round] === value) contexts[round * width + at] = 1
  }
  return { contexts, width, contextNames: kept.map(({ feature, value }) => `${userFeatures[feature]}=${value}`) }
}
