import { expect, test } from 'vitest'
import { ItemTower } from '../../src/agents/item-dqn-tower'
import { innerProductSearch } from '../../src/networks/inner-product-search'
import { makePerceptron } from '../../src/networks/make-perceptron'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

test('refreshing puts every item through the tower, whatever the number of items', async () => {
  const tower = await makePerceptron(
    { inputs: 2, hidden: [4], outputs: 3, activation: 'relu' },
    { initialisation: 'he', seed: 1, backend: 'auto' },
  )
  const draws = stream(1, 'test')
  for (const items of [1, 256, 600]) {
    const features = Float32Array.from({ length: items * 2 }, () => normal(draws))
    const search = await innerProductSearch(items, 3)
    new ItemTower(tower, features, items, 32).refresh(search)
    const whole = new Float32Array(items * 3)
    tower.values(features, items, whole)
    expect(search.table).toEqual(whole)
    search.dispose()
  }
})
