/** Every formula of the guide's Level 3 stands in notebook 03, followed by the lines of src that implement it and by a check of one against the other. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { sourceLines } from '../../src/notebook/source'

const file = path.resolve(__dirname, '..', '..', 'notebooks', '03-level-3-mathematics.ipynb')

interface Cell {
  readonly cell_type: string
  readonly source: string | readonly string[]
  readonly outputs?: readonly { readonly name?: string; readonly text?: string | readonly string[] }[]
}

const joined = (lines: string | readonly string[] | undefined) => (typeof lines === 'string' ? lines : (lines ?? []).join(''))
const { cells } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly cells: readonly Cell[] }

/** Spaces of every kind mean nothing in a formula. */
const squeezed = (latex: string) => latex.replace(/\\\\|\\[,;! ]|\\qquad|\\quad|&|\s/g, '')

const latex = String.raw
/** The guide's headings, the names of its formulas, and how each is written here, with w for the second α. */
const formulas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Problem Formulation': {
    'state space': latex`s_t = [u_{\text{features}}, h_{\text{features}}, c_{\text{features}}]`,
    'user embedding features': latex`u_{\text{features}} \in \mathbb{R}^{d_u}`,
    'interaction history features': latex`h_{\text{features}} \in \mathbb{R}^{d_h}`,
    'contextual features': latex`c_{\text{features}} \in \mathbb{R}^{d_c}`,
    'action space': latex`\mathcal{A} = \{1, 2, \dots, |I|\}`,
    'reward function': latex`r(s_t, a_t) = \begin{cases} +1.0`,
    'reward of an ignored item': latex`-0.1 & \text{if the shopper ignores}`,
    'diversity penalty': latex`-0.2 & \text{penalty for repetitive recommendations}`,
    'state transition': latex`s_{t+1} = f(s_t, a_t, \text{user\_response})`,
  },
  'Deep Q-Network Architecture': {
    'Q-function approximation': latex`Q(s, a; \theta) \approx Q^*(s, a)`,
    'input layer': latex`s \in \mathbb{R}^{d_s}, d_s = d_u + d_h + d_c`,
    'hidden layer 1': latex`h_1 = \text{ReLU}(W_1 s + b_1) \in \mathbb{R}^{256}`,
    'dropout 1': latex`h_1' = \text{Dropout}(h_1, p = 0.2)`,
    'hidden layer 2': latex`h_2 = \text{ReLU}(W_2 h_1' + b_2) \in \mathbb{R}^{256}`,
    'dropout 2': latex`h_2' = \text{Dropout}(h_2, p = 0.2)`,
    'hidden layer 3': latex`h_3 = \text{ReLU}(W_3 h_2' + b_3) \in \mathbb{R}^{128}`,
    'output layer': latex`Q = W_4 h_3 + b_4 \in \mathbb{R}^{|I|}`,
    'loss function': latex`L(\theta) = \mathbb{E}\big[(y - Q(s, a; \theta))^2\big]`,
    'target at the end': latex`y = \begin{cases} r, & \text{if terminal}`,
    'target otherwise': latex`r + \gamma \max_{a'} Q(s', a'; \theta^-), & \text{otherwise}`,
  },
  'Training Algorithm: Double DQN with Experience Replay': {
    'experience replay buffer': latex`D = \{(s_t, a_t, r_t, s_{t+1}, \text{done}_t)\}`,
    'greedy action': latex`\operatorname*{argmax}_a Q(s_t, a; \theta), & \text{with probability } 1 - \varepsilon`,
    'random action': latex`\text{random action}, & \text{with probability } \varepsilon`,
    'Double DQN target': latex`y = r + \gamma Q\big(s', \operatorname*{argmax}_{a'} Q(s', a'; \theta); \theta^-\big)`,
    'target network update': latex`\theta^- \leftarrow \tau \theta + (1 - \tau) \theta^-`,
    'gradient update': latex`\theta \leftarrow \theta - \alpha \nabla_\theta L(\theta)`,
  },
  'State Feature Engineering': {
    'user features': latex`u_{\text{features}} = [\text{demographic\_features}, \text{preference\_features}, \text{behavioral\_features}]`,
    'history features': latex`h_{\text{features}} = \frac{1}{|H|} \sum_{i \in H} \text{item\_embedding}_i`,
    'session progress': latex`c_{\text{features}} = [\underbrace{t / T_{\max}}_{\text{session\_progress}}`,
    'history length': latex`\underbrace{|H| / H_{\max}}_{\text{history\_length}}`,
    'time features': latex`\underbrace{\text{hour}, \text{day\_of\_week}}_{\text{time\_features}}`,
    'sequence features': latex`\underbrace{\text{recency weights}}_{\text{sequence\_features}}`,
  },
  'Reward Engineering': {
    'base engagement reward': latex`r_{\text{base}}(u, i) = \text{sigmoid}(\text{user\_item\_preference}(u, i) + \text{noise})`,
    'diversity bonus': latex`r_{\text{diversity}} = -\lambda \sum_{j \in \text{recent\_items}} \text{similarity}(i, j)`,
    'exploration bonus': latex`r_{\text{explore}} = \frac{\beta}{\sqrt{\text{count}(i) + 1}}`,
    'total reward': latex`r_{\text{total}} = r_{\text{base}} + r_{\text{diversity}} + r_{\text{explore}}`,
  },
  'User-Item Preference Modeling': {
    'matrix factorisation': latex`\text{preference}(u, i) = \text{user\_embedding}_u^{\mathsf{T}} \cdot \text{item\_embedding}_i`,
    'content-based component': latex`\text{content\_sim}(u, i) = \text{cosine\_similarity}(\text{user\_profile}_u, \text{item\_features}_i)`,
    'hybrid preference': latex`P(u, i) = w \cdot \text{preference}(u, i) + (1 - w) \cdot \text{content\_sim}(u, i)`,
  },
  'Training Stability Techniques': {
    'gradient clipping': latex`g_{\text{clipped}} = \text{clip}(\nabla_\theta L(\theta), -\text{clip\_norm}, \text{clip\_norm})`,
    'learning rate scheduling': latex`lr_t = lr_0 \cdot \text{decay\_rate}^{t / \text{decay\_steps}}`,
    'batch normalisation': latex`h_{\text{norm}} = \text{BatchNorm}(h)`,
  },
  'Evaluation Metrics': {
    'click-through rate': latex`\text{CTR} = \frac{\text{clicks}}{\text{impressions}}`,
    'conversion rate': latex`\text{Conversion Rate} = \frac{\text{purchases}}{\text{clicks}}`,
    'session length': latex`\text{Session Length} =`,
    'return rate': latex`\text{Return Rate} =`,
    'precision at k': latex`\text{Precision@}K = \frac{|\text{relevant} \cap \text{recommended}|_K}{K}`,
    'recall at k': latex`\text{Recall@}K = \frac{|\text{relevant} \cap \text{recommended}|_K}{|\text{relevant}|}`,
    'NDCG at k': latex`\text{NDCG@}K =`,
    'mean average precision': latex`\text{MAP} =`,
    'intra-list diversity': latex`\text{Intra-list Diversity} =`,
    coverage: latex`\text{Coverage} =`,
    novelty: latex`\text{Novelty} =`,
  },
  'Hyperparameter Optimization': {
    'size of the grid': latex`\underbrace{3}_{\text{learning\_rate}} \cdot \underbrace{3}_{\text{batch\_size}} \cdot \underbrace{3}_{\text{epsilon\_decay}} \cdot
      \underbrace{3}_{\text{gamma}} \cdot \underbrace{2}_{\text{hidden\_units}} \cdot \underbrace{3}_{\text{dropout\_rate}} \cdot
      \underbrace{3}_{\text{target\_update\_freq}} = 1{,}458`,
  },
}

const wanted = Object.values(formulas).flatMap(named => Object.values(named).map(squeezed))
const squeezedCells = cells.map(({ cell_type, source }) => (cell_type === 'markdown' ? squeezed(joined(source)) : ''))
const isCode = (cell: Cell, what: RegExp) => cell.cell_type === 'code' && what.test(joined(cell.source))

/** The cells that belong to a formula's: all up to the next cell with a formula of the guide, or a heading. */
function following(at: number): readonly Cell[] {
  const holdsFormula = (place: number) => wanted.some(formula => squeezedCells[place]!.includes(formula))
  const isHeading = (cell: Cell) => cell.cell_type === 'markdown' && /^##/m.test(joined(cell.source))
  const end = cells.findIndex((cell, place) => place > at && (holdsFormula(place) || isHeading(cell)))
  return cells.slice(at + 1, end === -1 ? cells.length : end)
}

describe("the guide's Level 3 in notebook 03", () => {
  for (const [heading, named] of Object.entries(formulas)) {
    describe(heading, () => {
      for (const [name, formula] of Object.entries(named)) {
        test(`has the formula of the ${name}, the lines of src behind it and a check`, () => {
          const at = squeezedCells.findIndex(text => text.includes(squeezed(formula)))
          expect(at, `${formula} is in no cell`).toBeGreaterThan(-1)
          expect(following(at).some(cell => isCode(cell, /^showSource\(/m))).toBe(true)
          expect(following(at).some(cell => isCode(cell, /\bagree\(/))).toBe(true)
        })
      }
    })
  }

  test('every mark of showSource is on a line of src', () => {
    const calls = cells.filter(cell => cell.cell_type === 'code').flatMap(cell => joined(cell.source).match(/^showSource\(.*\)$/gm) ?? [])
    expect(calls.length).toBeGreaterThan(30)
    const run = new Function('showSource', calls.join('\n')) as (showSource: typeof sourceLines) => void
    expect(() => run(sourceLines)).not.toThrow()
  })

  test('the committed outputs hold a comparison for every agree', () => {
    for (const cell of cells.filter(cell => isCode(cell, /^agree\(/m))) {
      const calls = joined(cell.source).match(/^agree\(/gm)!.length
      const said = (cell.outputs ?? []).map(({ text }) => joined(text)).join('')
      expect(said.match(/: formula .* \| code .* \| difference(s up to)? /g)?.length, joined(cell.source)).toBeGreaterThanOrEqual(calls)
    }
  })

  test('the step by hand ends with all parameters of both networks, agreed upon to 1e-6', () => {
    const [step] = cells.filter(cell => isCode(cell, /^agree\('θ⁻', target, inAgent\('target'\), single\)$/m))
    expect(joined(step?.source)).toMatch(/^agree\('θ', online, inAgent\('online'\), single\)$/m)
    expect(cells.some(cell => isCode(cell, /^const single = 1e-6\b/m))).toBe(true)
  })
})
