/**
 * What an item shown in a slate is credited with, for agents that learn the reward of showing an item: the whole reward for the item
 * clicked, 0 for the others; where none was clicked, an equal part for each (often of 0), so that what is credited is the reward, always.
 *
 * Where several were clicked, the first gets it all. A model of how far down the list the shopper looked, position-based or cascading,
 * would be fairer to items that stood where nobody may have looked.
 *
 * @param clicked the place clicked, -1 for none: `env.chosen`
 * @param place   of the item
 * @param size    places in the slate
 */
export function creditOf(reward: number, clicked: number, place: number, size: number): number {
  if (clicked < 0) return reward / size
  return place === clicked ? reward : 0
}
