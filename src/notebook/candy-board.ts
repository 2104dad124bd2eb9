/** What the panels of the first level are drawn with: bubbles, diaries, rows of stars. All HTML that fits a narrow page, light on any theme. */
import { candyNames, type PictureName, picture } from '../figures/candy-pictures'
import { INK, PALETTE, QUIET } from '../figures/theme'
import type { Guess } from './candy-helper'
import { escapeHtml } from './table'

const star = picture('star', 18)
const noStar = picture('no star', 18)

/** A white card that holds the parts of a panel. */
export function card(...parts: readonly string[]): string {
  return `<div style="background:#FFFFFF;color:${INK};font-size:16px;line-height:1.35;padding:10px 14px;border:1px solid #DADADA;border-radius:12px;max-width:560px">${parts.join('')}</div>`
}

/** Somebody who says something, and what it is about. */
export function speaking(who: PictureName, words: string, about?: PictureName): string {
  return (
    `<div style="display:flex;align-items:center;gap:12px">${picture(who, 92)}` +
    `<div style="flex:1;background:#EEF5FA;border-radius:14px;padding:10px 14px;font-size:18px">${escapeHtml(words)}</div>` +
    `${about ? picture(about, 84) : ''}</div>`
  )
}

/** A quiet heading inside a card. */
export function heading(words: string): string {
  return `<div style="margin-top:10px;font-weight:bold">${escapeHtml(words)}</div>`
}

/** Answers as stars and rings, the last few of them. */
export function marks(answers: readonly boolean[], most = 8): string {
  return answers
    .slice(-most)
    .map(answer => (answer ? star : noStar))
    .join('')
}

/** Why the robot shows this one, in its own words. */
export function guessWords({ candy, why }: Guess): string {
  const name = candyNames[candy]!
  if (why === 'new') return `I do not know ${name} yet. Let me try it!`
  return why === 'best' ? `I think you like ${name}!` : `Now I try something else: ${name}.`
}

/** A bar from nought to one, the thought about one candy. */
function bar(value: number): string {
  return (
    `<div style="width:90px;height:14px;background:#EFEFEF;border-radius:7px;overflow:hidden">` +
    `<div style="width:${Math.round(100 * value)}%;height:14px;background:${PALETTE[0]}"></div></div>`
  )
}

/** The diary as a table: candy, its last answers, how many stars of how many times, and what the robot now thinks. */
export function diaryTable(diary: readonly (readonly boolean[])[], thoughts: readonly number[], thoughtsOf = 'The robot thinks'): string {
  const cell = 'padding:2px 8px;text-align:left;background:#FFFFFF'
  const rows = candyNames.map((name, candy) => {
    const answers = diary[candy]!
    const stars = answers.filter(Boolean).length
    return (
      `<tr><td style="${cell};white-space:nowrap">${picture(name, 34)} ${name}</td><td style="${cell};min-width:60px">${marks(answers, 5)}</td>` +
      `<td style="${cell};white-space:nowrap">${answers.length ? `${stars} of ${answers.length}` : 'not yet'}</td><td style="${cell}">${bar(thoughts[candy]!)}</td></tr>`
    )
  })
  const head = ['Candy', 'Last answers', 'Stars', thoughtsOf]
  return `<table style="border-collapse:collapse;margin:4px 0;font-size:15px;color:${INK}"><thead><tr>${head.map(words => `<th style="${cell};color:${QUIET}">${words}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** The answers by tens, so that a page of stars grows; within a ten the stars stand first. At most the last `most` tens. */
export function tens(answers: readonly boolean[], most = 10): string {
  const all = Array.from({ length: Math.ceil(answers.length / 10) }, (_, at) => {
    const ten = answers.slice(10 * at, 10 * at + 10)
    const count = ten.filter(Boolean).length
    const pictures = star.repeat(count) + noStar.repeat(ten.length - count)
    return `<div style="display:flex;align-items:center;gap:8px"><span style="min-width:86px;color:${QUIET}">${10 * at + 1} to ${10 * at + 10}</span><span>${pictures}</span><b>${count}</b></div>`
  })
  return all.slice(-most).join('')
}
