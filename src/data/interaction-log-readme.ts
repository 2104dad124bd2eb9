/** The README.md beside the files of an interaction log: how they were made, and what each column holds. */
import type { LogSource, ShopTables } from './tables'

export function logReadme({ users, items, interactions, source }: ShopTables): string {
  const categories = Array.from(new Set(items.categories)).sort().join(', ')
  const made =
    'preset' in source
      ? `Made up, not collected. In a notebook or a script, the same call writes the same bytes:\n\n    ${call(source)}\n\nThe formulas stand in the opening comments of src/data/interaction-log.ts and the files it names.`
      : 'These tables were read from CSV files and written again.'
  const events = interactions.event.length > 0 ? '\n| event | ignore (0), click (.5) or purchase (1) |' : ''
  return `# An interaction log: ${users.count} users, ${items.count} items, ${interactions.count} interactions

${made}

Times are Unix times in seconds (UTC).

## users.csv

| column | what |
|---|---|
| user_id | an id, each once |
| age | years |
| gender, location | words |
| signup_date | when the user signed up |

## items.csv

| column | what |
|---|---|
| item_id | an id, each once |
| title | what it is called |
| category | ${categories} |
| price | in dollars |
| rating | 1 to 5 stars |

## interactions.csv

One row for each time a user met an item, in the order of time.

| column | what |
|---|---|
| user_id, item_id | who met what |
| timestamp | when |
| weight | 0 to 1: how much the user wanted it |${events}
`
}

function call({ preset, seed, users, items, interactions, lateUsers }: LogSource): string {
  const late = preset === 'published' ? '' : `, lateUsers: ${lateUsers}`
  const options = `{ preset: '${preset}', seed: ${seed}, users: ${users}, items: ${items}, interactions: ${interactions}${late} }`
  return `writeTables(generateInteractionLog(${options}), 'folder')`
}
