/** The whole system on one page, as boxes and arrows, with the sizes of the shop and the agent. Source: the guide, "Visual Architecture". */
import type { Spec } from '../envs/env'
import type { Figure, Layout, Plot } from './figure'
import { INK, layout, PALETTE, QUIET, readable, signed, translucent } from './theme'

export interface SystemDiagramOptions {
  /** The shop's sizes: `env.spec`. Left out, the guide's: 42 numbers, 500 items. */
  readonly env?: Pick<Spec, 'name' | 'options' | 'layout' | 'width' | 'actions'>
  /** The agent's: `agent.options` of a Double DQN. Left out, the guide's. */
  readonly agent?: Readonly<Record<string, unknown>>
  readonly title?: string
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly text: string
  readonly colour: string
  /** What a reader sees who points at it. */
  readonly hover?: string
  /** Where its text stands; in the middle unless told. */
  readonly heading?: boolean
  readonly size?: number
}

/** Units of the drawing: pixels, when it is 700 wide. */
const WIDTH = 680
const HEIGHT = 806
const MOST_LAYERS = 4
const SHOP = PALETTE[2]
const STATE = PALETTE[4]
const AGENT = PALETTE[0]
const OUTCOME = PALETTE[1]

/** The guide's diagram: shop → state → agent (network, target network, replay) → action → reward and back, and the training loop below. */
export function systemDiagram(options: SystemDiagramOptions = {}): Figure {
  const sizes = sizesOf(options)
  const { stretches, width, items, hidden, dropout, replay, batch, target, discount, shoppers, rewards } = sizes
  const boxes: Box[] = []
  const arrows: Arrow[] = []

  boxes.push(
    { x: 40, y: 0, width: 550, height: 96, text: `<b>Environment: ${sizes.shop}</b>`, colour: SHOP, heading: true },
    {
      ...{ x: 60, y: 28, width: 245, height: 56, colour: SHOP },
      text: `${shoppers ? `${readable(shoppers)} shoppers` : 'Shoppers'}<br>demographics, preferences, history`,
      hover: 'One of them comes for a visit, which is one episode',
      size: 12,
    },
    {
      ...{ x: 325, y: 28, width: 245, height: 56, colour: SHOP },
      text: `${readable(items)} items<br>categories, features, ratings`,
      hover: 'What can be recommended',
      size: 12,
    },
  )

  const state = { y: 122, height: 66 }
  boxes.push({ x: 120, width: 390, ...state, text: `<b>State s: ${readable(width)} numbers</b>`, colour: STATE, heading: true })
  let left = 132
  for (const { name, size } of stretches) {
    // Wide enough for their words, and what is left by their share.
    const share = 76 + ((366 - 6 * (stretches.length - 1) - 76 * stretches.length) * size) / width
    boxes.push({ ...{ x: left, y: 150, width: share, height: 30, colour: STATE, size: 12 }, text: `${name} ${readable(size)}` })
    left += share + 6
  }
  arrows.push({ from: [315, 96], to: [315, state.y] })

  boxes.push({ x: 10, y: 214, width: 610, height: 300, text: '<b>Double DQN agent</b>', colour: AGENT, heading: true })
  arrows.push({ from: [315, state.y + state.height], to: [315, 214] })
  const layers = [
    `<b>input</b><br>${readable(width)}`,
    ...hiddenWords(hidden, dropout),
    `<b>Q-values</b><br>${readable(items)}<br>one an item`,
  ]
  const gap = 18
  const layerWidth = (586 - gap * (layers.length - 1)) / layers.length
  layers.forEach((text, at) => {
    const x = 22 + at * (layerWidth + gap)
    boxes.push({ ...{ x, y: 248, width: layerWidth, height: 74, text, colour: AGENT, size: layers.length > 5 ? 11 : 12 } })
    if (at > 0) arrows.push({ from: [x - gap, 285], to: [x, 285] })
  })
  const second = { y: 420, height: 78 }
  boxes.push(
    {
      ...{ x: 22, width: 268, ...second, colour: AGENT, size: 12 },
      text: `<b>Target network θ⁻</b><br>same layers, ${target.drawn}<br>says what the next state is worth`,
      hover: `${target.told}; y = r + ${readable(discount)} · its value of the best next action`,
    },
    {
      ...{ x: 340, width: 268, ...second, colour: AGENT, size: 12 },
      text: `<b>Experience replay</b><br>the last ${readable(replay)} transitions<br>(s, a, r, next s)`,
      hover: `Batches of ${readable(batch)} are drawn from it by chance`,
    },
  )
  arrows.push(
    { from: [156, second.y], to: [156, 324], words: `targets y = r + ${readable(discount)} Q(next s, best a; θ⁻)`, at: [164, 372] },
    { from: [474, second.y], to: [474, 324], words: `batches of ${readable(batch)}`, at: [482, 372] },
  )

  boxes.push({
    ...{ x: 150, y: 540, width: 330, height: 44, colour: OUTCOME, size: 12 },
    text: `<b>Action a</b><br>one of ${readable(items)} items: the best, with chance ε any`,
  })
  boxes.push({ x: 150, y: 610, width: 330, height: 44, text: `<b>Reward r</b><br>${rewards}`, colour: OUTCOME, size: 12 })
  arrows.push({ from: [315, 514], to: [315, 540] }, { from: [315, 584], to: [315, 610] })
  // The way back: up along the right side, into the replay and to the next state.
  const lines = [line(480, 632, 650, 632), line(650, 632, 650, 155)]
  arrows.push({ from: [650, 155], to: [510, 155], words: 'next state', at: [526, 143] }, { from: [650, 459], to: [608, 459] })

  boxes.push({ x: 10, y: 680, width: 660, height: 118, text: '<b>Training loop</b>', colour: QUIET, heading: true })
  const loop = ['<b>1. Observe</b><br>state', '<b>2. Predict</b><br>Q-values', '<b>3. Act</b><br>recommend', '<b>4. Learn</b><br>update θ']
  loop.forEach((text, at) => {
    const x = 30 + at * 164
    boxes.push({ ...{ x, y: 710, width: 128, height: 44, text, colour: QUIET, size: 12 } })
    if (at > 0) arrows.push({ from: [x - 36, 732], to: [x, 732] })
  })
  lines.push(line(586, 754, 586, 776), line(586, 776, 94, 776))
  arrows.push({ from: [94, 776], to: [94, 754] })

  const repeat = words('repeat for many episodes', 340, 786, { font: { size: 12, color: QUIET }, bgcolor: '#FFFFFF', yshift: 10 })
  const look = layout(
    options.title ?? 'A deep reinforcement learning recommender',
    `${sizes.shop}${shoppers ? ` with ${readable(shoppers)} shoppers and` : ' with'} ${readable(items)} items shows the agent a state of ${readable(width)} numbers ` +
      `(${stretches.map(({ name, size }) => `${name} ${readable(size)}`).join(', ')}). A network ${[width, ...hidden, items].map(size => readable(size)).join(' → ')} with ReLU and dropout ${readable(dropout)} ` +
      `behind all hidden layers but the last values every item; the best is recommended, with chance ε any. The shopper answers with a reward (${rewards}). ` +
      `The transition goes into a replay of ${readable(replay)}; batches of ${readable(batch)} and a target network (${target.told}) move the network's parameters. Training loop: 1 observe, 2 predict, 3 act, 4 learn.`,
    {
      height: HEIGHT + 74,
      margin: { l: 10, r: 10, t: 54, b: 20 },
      showlegend: false,
      xaxis: { visible: false, range: [0, WIDTH], fixedrange: true },
      yaxis: { visible: false, range: [HEIGHT, -4], fixedrange: true },
      shapes: [...boxes.map(rectangle), ...lines],
      annotations: [...arrows.flatMap(arrow), ...boxes.map(caption), repeat],
    },
  )
  return { data: [hovers(boxes)], layout: look }
}

/** Everything the drawing says in numbers, read from the shop and the agent. */
function sizesOf({ env, agent = {} }: SystemDiagramOptions) {
  const number = (name: string, usual: number): number => (typeof agent[name] === 'number' ? (agent[name] as number) : usual)
  const shop = env?.options ?? { engagedReward: 1, ignoredReward: -0.1, repeatReward: -0.2 }
  const given = agent.hiddenUnits
  const hidden = Array.isArray(given) ? (given as number[]) : [256, 256, 128]
  const stretches = env
    ? env.layout.map(({ name, shape }) => ({
        name: name === 'user' ? 'shopper' : name,
        size: shape.reduce((product, size) => product * size, 1),
      }))
    : [
        { name: 'shopper', size: 20 },
        { name: 'history', size: 20 },
        { name: 'context', size: 2 },
      ]
  const rewards = [
    ['engagedReward', 'taken'],
    ['ignoredReward', 'ignored'],
    ['repeatReward', 'repeated'],
  ].flatMap(([name, word]) => (typeof shop[name!] === 'number' ? [`${signed(shop[name!] as number)} ${word}`] : []))
  const tau = readable(number('tau', 0.005))
  const hard = agent.targetUpdate === 'hard'
  const every = readable(number('targetEvery', 100))
  return {
    shop: env ? env.name.replace(/-/g, ' ').replace(/^./, letter => letter.toUpperCase()) : 'Candy store',
    stretches,
    width: env?.width ?? 42,
    items: itemsOf(env?.actions),
    shoppers: typeof shop.users === 'number' ? shop.users : undefined,
    rewards: rewards.length ? rewards.join(', ') : 'how good it was',
    hidden,
    dropout: number('dropout', 0.2),
    replay: number('replayCapacity', 10_000),
    batch: number('batchSize', 32),
    discount: number('discount', 0.95),
    target: hard
      ? { drawn: `a copy every ${every} updates`, told: `copied after every ${every} updates` }
      : { drawn: `follows slowly (τ = ${tau})`, told: `θ⁻ ← τ θ + (1 − τ) θ⁻ after every update, τ = ${tau}` },
  }
}

function itemsOf(actions: Spec['actions'] | undefined): number {
  if (!actions) return 500
  if (actions.kind === 'discrete') return actions.n
  return actions.kind === 'slate' ? actions.candidates : actions.sizes[0]!
}

/** A few words for each hidden layer; where there are too many, the middle ones share a box. */
function hiddenWords(hidden: readonly number[], dropout: number): string[] {
  const all = hidden.map((units, at) => {
    const dropped = dropout > 0 && at < hidden.length - 1
    return `<b>${readable(units)}</b><br>ReLU${dropped ? `<br>dropout ${readable(dropout)}` : ''}`
  })
  if (all.length <= MOST_LAYERS) return all
  return [...all.slice(0, 2), `<b>…</b><br>${all.length - 3} more`, all[all.length - 1]!]
}

interface Arrow {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly words?: string
  /** Where the words begin. */
  readonly at?: readonly [number, number]
}

type Shape = NonNullable<Layout['shapes']>[number]
type Annotation = NonNullable<Layout['annotations']>[number]

function rectangle({ x, y, width, height, colour }: Box): Shape {
  return {
    ...{ type: 'rect', xref: 'x', yref: 'y', layer: 'below' },
    ...{ x0: x, x1: x + width, y0: y, y1: y + height },
    fillcolor: translucent(colour, 0.12),
    line: { color: colour, width: 1.2 },
  }
}

function line(x0: number, y0: number, x1: number, y1: number): Shape {
  return { type: 'line', xref: 'x', yref: 'y', x0, y0, x1, y1, line: { color: INK, width: 1.5 } }
}

function caption({ x, y, width, height, text, heading, size }: Box): Annotation {
  const font = { size: size ?? 13 }
  if (heading) return words(text, x, y, { xanchor: 'left', yanchor: 'top', xshift: 10, yshift: -4, font })
  return words(text, x + width / 2, y + height / 2, { font })
}

function arrow({ from, to, words: said, at }: Arrow): Annotation[] {
  const drawn = {
    ...{ x: to[0], y: to[1], ax: from[0], ay: from[1], xref: 'x', yref: 'y', axref: 'x', ayref: 'y', text: '' },
    ...{ showarrow: true, arrowhead: 2, arrowsize: 1, arrowwidth: 1.5, arrowcolor: INK },
  } as Annotation
  return said && at ? [drawn, words(said, at[0], at[1], { xanchor: 'left', font: { size: 12, color: QUIET } })] : [drawn]
}

function words(text: string, x: number, y: number, more: Partial<Annotation>): Annotation {
  return { text, x, y, xref: 'x', yref: 'y', showarrow: false, ...more }
}

/** Points that cannot be seen, in the middle of boxes: for who points at one. */
function hovers(boxes: readonly Box[]): Plot {
  const inner = boxes.filter(({ heading }) => !heading)
  return {
    x: inner.map(({ x, width }) => x + width / 2),
    y: inner.map(({ y, height }) => y + height / 2),
    type: 'scatter',
    mode: 'markers',
    marker: { size: 30, opacity: 0 },
    hovertext: inner.map(({ hover, text }) => hover ?? text.replace(/<br>/g, ', ').replace(/<\/?b>/g, '')),
    hoverinfo: 'text',
    name: 'Parts',
  }
}
