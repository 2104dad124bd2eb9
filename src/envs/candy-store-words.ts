/** Who shops in the candy store, in words: "user_42, who likes sour and caramel best". */
import { affinity } from '../data/preference'
import type { World } from './candy-store-world'

/** The kinds named are the two whose items the shopper's embedding fits best on average; none where items have no kinds. */
export function shopperInWords(world: World, shopper: number): string {
  const { shopperIds, knownShoppers, width } = world
  const known = knownShoppers.subarray(shopper * width, (shopper + 1) * width).some(value => value !== 0)
  const name = known ? shopperIds[shopper]! : `${shopperIds[shopper]}, new to the shop`
  const favourites = favouriteKinds(world, shopper).slice(0, 2)
  return favourites.length === 0 ? name : `${name}, who likes ${favourites.join(' and ')} best`
}

/** All kinds, the best liked first. */
function favouriteKinds({ shoppers, features, kinds, kindNames, width }: World, shopper: number): string[] {
  const sums = new Float64Array(kindNames.length)
  const counts = new Float64Array(kindNames.length)
  for (const [item, kind] of kinds.entries()) {
    if (kind < 0) continue
    sums[kind]! += affinity(shoppers, shopper, features, item, width)
    counts[kind]!++
  }
  const liking = (kind: string) => sums[kindNames.indexOf(kind)]! / counts[kindNames.indexOf(kind)]!
  return [...kindNames].sort((one, other) => liking(other) - liking(one))
}
