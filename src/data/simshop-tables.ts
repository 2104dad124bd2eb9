/**
 * Simshop's catalogue as a file, items.csv, and a README.md that says what its columns hold. Simshop's shoppers are six types and no
 * persons, so there is no users.csv.
 *
 * The first five columns are those of every items.csv (src/data/read-tables.ts), the others simshop's own; shop-table.ts says how numbers
 * and ratings are written.
 */
import { join } from 'node:path'
import {
  columnsInWords,
  namesOf,
  ratingOf,
  readPrice,
  readQuality,
  readTable,
  readWords,
  type TableColumn,
  tableText,
  writeFiles,
} from './shop-table'
import { type SimshopCatalogue, simshopBrands, simshopCategories, simshopColours, simshopSubcategories } from './simshop-catalogue'

export interface SimshopTables {
  /** [items]: what stands in the files for each item of the catalogue. */
  readonly itemIds: readonly string[]
  readonly catalogue: SimshopCatalogue
}

const categoryNames = simshopCategories.map(([name]) => name)

const itemColumns: readonly TableColumn<SimshopTables>[] = [
  { name: 'item_id', what: 'an id, each once', cell: ({ itemIds }, row) => itemIds[row]! },
  { name: 'title', what: 'what it is called', cell: ({ catalogue }, row) => catalogue.labels[row]! },
  { name: 'category', what: categoryNames.join(', '), cell: ({ catalogue }, row) => categoryNames[catalogue.category[row]!]! },
  { name: 'price', what: 'money, above 0', cell: ({ catalogue }, row) => catalogue.price[row]! },
  { name: 'rating', what: '1 + 4 · quality, to two places', cell: ({ catalogue }, row) => ratingOf(catalogue.quality[row]!) },
  {
    name: 'subcategory',
    what: 'one of the three that the category has',
    cell: ({ catalogue }, row) => simshopSubcategories[catalogue.subcategory[row]!]!,
  },
  {
    name: 'brand',
    what: `${simshopBrands[0]} to ${simshopBrands[simshopBrands.length - 1]}`,
    cell: ({ catalogue }, row) => simshopBrands[catalogue.brand[row]!]!,
  },
  { name: 'colour', what: simshopColours.join(', '), cell: ({ catalogue }, row) => simshopColours[catalogue.colour[row]!]! },
  { name: 'quality', what: '0 to 1', cell: ({ catalogue }, row) => catalogue.quality[row]! },
  { name: 'popularity', what: 'a whole number, 0 for a new item', cell: ({ catalogue }, row) => catalogue.popularity[row]! },
  { name: 'days', what: 'days since the release, a whole number', cell: ({ catalogue }, row) => catalogue.age[row]! },
]

/** The tables of a catalogue, whose items are called item_0, item_1, … */
export function simshopTables(catalogue: SimshopCatalogue): SimshopTables {
  return { itemIds: Array.from({ length: catalogue.count }, (_, item) => `item_${item}`), catalogue }
}

/**
 * Writes items.csv and README.md; other files of the folder stay as they are.
 *
 * @param folder made when it does not exist
 * @returns the files' paths
 * @throws UserError when the place may not be written or is full
 */
export function writeSimshopTables(tables: SimshopTables, folder: string): string[] {
  const { count } = tables.catalogue
  return writeFiles({
    [join(folder, 'items.csv')]: tableText(itemColumns, tables, count),
    [join(folder, 'README.md')]: `# Simshop: ${count} items

Made up, not collected: \`npx shoplab data --shop simshop\` draws such a catalogue from a seed, by the formulas in the opening comment of
src/data/simshop-catalogue.ts. \`simshop(64, { tables: 'this folder' })\` is a shop that sells it.

## items.csv

${columnsInWords(itemColumns)}`,
  })
}

/**
 * @param folder holds items.csv; format as `writeSimshopTables` writes it
 * @throws UserError naming file, line, column, value and what is allowed
 */
export function readSimshopTables(folder: string): SimshopTables {
  const sheet = readTable(join(folder, 'items.csv'), namesOf(itemColumns), 'items', 100_000)
  const category = readWords(sheet, 'category', categoryNames)
  const subcategory = readWords(sheet, 'subcategory', simshopSubcategories)
  subcategory.forEach((part, row) => {
    const [name, parts] = simshopCategories[category[row]!]!
    if (Math.floor(part / 3) !== category[row]) throw sheet.wrong(row, 'subcategory', `one of ${parts.join(', ')}, which ${name} has`)
  })
  return {
    itemIds: sheet.ids('item_id'),
    catalogue: {
      count: sheet.rows,
      category,
      subcategory,
      brand: readWords(sheet, 'brand', simshopBrands),
      colour: readWords(sheet, 'colour', simshopColours),
      price: readPrice(sheet),
      quality: readQuality(sheet),
      popularity: Int32Array.from(sheet.wholes('popularity', 0, 1e9)),
      age: Int32Array.from(sheet.wholes('days', 0, 36_500)),
      labels: sheet.texts('title'),
    },
  }
}
