/** The guide's Live Demo panel as widgets: make a shop, train for some episodes, read the metrics, ask for a shopper's recommendations. */
import type { Agent } from '../agents/agent'
import { doubleDqn } from '../agents/double-dqn'
import { recommend } from '../agents/recommend'
import { generateTables } from '../data/generate-tables'
import type { ShopTables } from '../data/tables'
import { type CandyStore, candyStore } from '../envs/candy-store'
import { readable } from '../figures/theme'
import { evaluate } from '../train/evaluate-agent'
import { train } from '../train/train'
import { kernel } from './kernel'
import { liveTraining } from './live-chart'
import { table } from './table'
import { type Button, button, hbox, html, numberField, vbox, type Widget } from './widgets'

export interface LiveDemoOptions {
  /** Sizes at first; the guide's 500 × 100 with 10,000 interactions unless told. */
  readonly users?: number
  readonly items?: number
  readonly interactions?: number
  /** Episodes of one press of Train. */
  readonly episodes?: number
  readonly seed?: number
}

const metricsShoppers = 200

/** A panel to show: `liveDemo().show()`. Training goes on where the last press left off, until the shop is made anew. */
export function liveDemo({ users = 500, items = 100, interactions = 10_000, episodes = 50, seed = 42 }: LiveDemoOptions = {}): Widget {
  let world: { readonly tables: ShopTables; readonly shop: CandyStore; readonly agent: Agent; trained: number } | undefined
  const size = {
    users: numberField({ label: 'Users', value: users, min: 2, max: 5000 }),
    items: numberField({ label: 'Items', value: items, min: 6, max: 2000 }),
    interactions: numberField({ label: 'Interactions', value: interactions, min: 100, max: 100_000 }),
  }
  const training = numberField({ label: 'Episodes', value: episodes, min: 1, max: 10_000 })
  const user = numberField({ label: 'User', value: 42, min: 0, max: 4999 })
  const count = numberField({ label: 'How many', value: 5, min: 1, max: 20 })
  const state = html('No shop yet: press Initialise.')
  const chart = html()
  const metrics = html()
  const list = html()
  const actions: Button[] = []
  let working = false

  async function initialise(): Promise<void> {
    world?.agent.dispose()
    world = undefined
    const tables = generateTables({ seed, users: size.users.value, items: size.items.value, interactions: size.interactions.value })
    const shop = candyStore(1, { tables })
    world = { tables, shop, agent: await doubleDqn(shop.spec, { seed }), trained: 0 }
    state.value = `A shop of ${readable(tables.users.count)} users, ${readable(tables.items.count)} items and ${readable(tables.interactions.count)} interactions; the agent knows nothing yet.`
    chart.value = metrics.value = list.value = ''
  }

  async function ready(): Promise<NonNullable<typeof world>> {
    if (!world) await initialise()
    return world!
  }

  async function learn(): Promise<void> {
    // Before anything is waited for: the stop button stops what the press of Train began.
    const signal = kernel()?.signal
    const current = await ready()
    const { episodes: done } = await train(current.agent, current.shop, {
      episodes: training.value,
      seed: seed + current.trained,
      ...liveTraining({ into: chart, title: 'Live demo', signal }),
    })
    current.trained += done
    state.value = `Trained for ${readable(current.trained)} episodes.`
    measure(current)
  }

  function measure({ tables, agent }: NonNullable<typeof world>): void {
    const shoppers = candyStore(50, { tables })
    const { mean, clickThroughRate, conversionRate, returnRate } = evaluate(agent, shoppers, { episodes: metricsShoppers, seed: 1_000_000 })
    metrics.value = table([{ return: mean, CTR: clickThroughRate, conversion: conversionRate, 'came back': returnRate }], {
      title: `${metricsShoppers} shoppers, no exploring`,
    }).html
  }

  async function ask(): Promise<void> {
    const { shop, agent } = await ready()
    const best = recommend(agent, shop.firstObservation(user.value), shop.items.labels.length, count.value)
    list.value = table(
      best.map(({ item, score }, rank) => ({ rank: rank + 1, item: shop.items.labels[item], score })),
      { title: `For user ${user.value}` },
    ).html
  }

  /** A button that the others wait for: a shop must not be made anew under a training. */
  function action(label: string, work: () => Promise<void>): Button {
    const made = button({
      label,
      async onClick() {
        if (working) return
        working = true
        const others = actions.filter(other => other !== made)
        for (const other of others) other.disabled = true
        try {
          await work()
        } finally {
          working = false
          for (const other of others) other.disabled = false
        }
      },
    })
    actions.push(made)
    return made
  }

  return vbox([
    hbox([size.users, size.items, size.interactions, action('Initialise', initialise)]),
    hbox([training, action('Train', learn)]),
    state,
    chart,
    metrics,
    hbox([user, count, action('Recommend', ask)]),
    list,
  ])
}
