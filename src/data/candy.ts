/** What a candy store sells: eight kinds, their usual price, how often they are somebody's favourite, and names. Ours. */

export interface CandyKind {
  readonly name: string
  /** What one costs, about. */
  readonly price: number
  /** How often it is a favourite, against the other kinds. */
  readonly favour: number
  readonly flavours: readonly string[]
  readonly forms: readonly string[]
}

export const candyKinds: readonly CandyKind[] = [
  {
    name: 'chocolate',
    price: 4.5,
    favour: 2,
    flavours: ['Dark', 'Milk', 'White', 'Hazelnut', 'Almond', 'Sea Salt', 'Orange', 'Raspberry', 'Coffee', 'Ruby', 'Chili', 'Pistachio'],
    forms: ['Chocolate Bar', 'Truffles', 'Pralines', 'Chocolate Coins'],
  },
  {
    name: 'gummies',
    price: 2.8,
    favour: 1.7,
    flavours: [
      'Cherry',
      'Peach',
      'Cola',
      'Mango',
      'Apple',
      'Strawberry',
      'Watermelon',
      'Pineapple',
      'Grape',
      'Blueberry',
      'Kiwi',
      'Lychee',
    ],
    forms: ['Gummy Bears', 'Gummy Rings', 'Gummy Worms', 'Gummy Frogs'],
  },
  {
    name: 'sour',
    price: 2.5,
    favour: 1.3,
    flavours: ['Cherry', 'Lemon', 'Lime', 'Green Apple', 'Raspberry', 'Grapefruit', 'Plum', 'Tangerine', 'Cranberry', 'Rhubarb', 'Kumquat'],
    forms: ['Sour * Drops', 'Sour * Belts', 'Sour * Stars', 'Sour * Powder'],
  },
  {
    name: 'caramel',
    price: 3.6,
    favour: 1.2,
    flavours: ['Butter', 'Salted', 'Vanilla', 'Maple', 'Pecan', 'Ginger', 'Coffee', 'Honey', 'Rum', 'Coconut', 'Cinnamon', 'Tonka'],
    forms: ['Caramels', 'Toffee', 'Fudge', 'Caramel Creams'],
  },
  {
    name: 'lollipops',
    price: 1.6,
    favour: 1,
    flavours: ['Cherry', 'Lemon', 'Cola', 'Blackcurrant', 'Orange', 'Strawberry', 'Pear', 'Violet', 'Melon', 'Banana', 'Passion Fruit'],
    forms: ['Lollipop', 'Swirl Pop', 'Giant Lolly', 'Pop Ring'],
  },
  {
    name: 'marshmallow',
    price: 2.9,
    favour: 0.8,
    flavours: ['Vanilla', 'Toasted', 'Strawberry', 'Coconut', 'Rose', 'Lemon', 'Cocoa', 'Peppermint', 'Honey', 'Raspberry', 'Almond'],
    forms: ['Marshmallows', 'Marshmallow Twists', 'Nougat', 'Marshmallow Mice'],
  },
  {
    name: 'mints',
    price: 2.1,
    favour: 0.6,
    flavours: ['Pepper', 'Spear', 'Winter', 'Eucalyptus', 'Lemon', 'Cocoa', 'Ginger', 'Anise', 'Rosemary', 'Lavender', 'Berry'],
    forms: ['Mints', 'Mint Pastilles', 'Mint Pillows', 'Mint Creams'],
  },
  {
    name: 'licorice',
    price: 2.4,
    favour: 0.5,
    flavours: ['Black', 'Red', 'Salty', 'Double Salt', 'Honey', 'Blackcurrant', 'Anise', 'Pepper', 'Violet', 'Chili', 'Fennel'],
    forms: ['Licorice Wheels', 'Licorice Drops', 'Licorice Cats', 'Licorice Ropes'],
  },
]

/** How many titles a kind has before they are numbered. */
export function titlesOf(kind: CandyKind): number {
  return kind.flavours.length * kind.forms.length
}

/** The title of the n-th item of a kind, in the order given (a permutation of `titlesOf`); when they run out, numbered: `No. 2`. */
export function candyTitle(kind: CandyKind, order: ArrayLike<number>, n: number): string {
  const names = order.length
  const pick = order[n % names]!
  const flavour = kind.flavours[pick % kind.flavours.length]!
  const form = kind.forms[Math.floor(pick / kind.flavours.length)]!
  const title = form.includes('*') ? form.replace('*', flavour) : `${flavour} ${form}`
  return n < names ? title : `${title} No. ${Math.floor(n / names) + 1}`
}
