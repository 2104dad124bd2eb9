/** The README.md beside a shop's files: the command that made them, and what each column holds. */
import { candyKinds } from './candy'
import type { ShopTables } from './tables'

export function folderReadme({ users, items, interactions, width, source }: ShopTables): string {
  const kinds = candyKinds.map(kind => kind.name).join(', ')
  const made =
    'folder' in source
      ? 'These tables were read from CSV files and written again.'
      : `Made up, not collected. The same command writes the same bytes:\n\n    ${command(source)}\n\nThe formulas stand in the opening comments of src/data/generate-tables.ts and generate-interactions.ts.`
  return `# A candy store: ${users.count} users, ${items.count} items, ${interactions.count} interactions

${made}

Times are Unix times in seconds (UTC). \`e0\` to \`e${width - 1}\` are an embedding: users and items lie in one space, and a user wants an item the more,
the larger their inner product (src/data/preference.ts). The candy store environment draws its engagement from the same preference.

## users.csv

| column | what |
|---|---|
| user_id | \`user_0\`, \`user_1\`, … |
| age | years |
| gender | F, M or X |
| location | US, EU, UK, IN, CA or AU |
| signup_date | when the user signed up, before the first interaction |
| e0 … e${width - 1} | the user's taste |

## items.csv

| column | what |
|---|---|
| item_id | \`item_0\`, \`item_1\`, … |
| title | what stands on the bag |
| category | ${kinds} |
| price | in dollars |
| rating | 1 to 5 stars; grows with how users like the item on average |
| e0 … e${width - 1} | the item's features |

## interactions.csv

One row for each item shown to a user, in the order of time.

| column | what |
|---|---|
| user_id, item_id | who saw what |
| timestamp | when |
| weight | 0, .5 or 1: how much the event says that the user wanted the item |
| event | ignore (0), click (.5) or purchase (1) |

## Other tables

A file named after a notebook, such as quickstart-comparison.csv, holds results that the notebook reads. \`npm run reproduce\` writes it with the
script of that name in lab/tables, where its agents and seeds stand. What the columns are: other-tables.md, in the shoplab repository.
`
}

function command(source: { seed: number; users: number; items: number; interactions: number }): string {
  const sizes = [
    source.users === 500 ? '' : ` --users ${source.users}`,
    source.items === 100 ? '' : ` --items ${source.items}`,
    source.interactions === 10_000 ? '' : ` --interactions ${source.interactions}`,
  ]
  return `npx shoplab data --seed ${source.seed}${sizes.join('')}`
}
