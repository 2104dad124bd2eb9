/**
 * Writes what notebooks/shops/candy-store.ipynb reads of the `drifting` variant: for each shopper the expected return of a visit under the
 * myopic oracle and under the best plan found by looking ahead, and that plan, as row numbers of the items to show one after another, each until
 * it is engaged with (data/shops-candy-store-drifting.csv). The shops, shoppers and tries are those of lab/calibrate/candy-store-drifting.ts;
 * about two minutes.
 */
import { join } from 'node:path'
import { dataFolder, writeRows } from 'shoplab'
import { driftingShop } from '../../calibrate/candy-store-drifting'

const rows = [42, 1, 2, 3, 4, 5, 6, 7, 8].flatMap(dataSeed => {
  const shop = driftingShop(dataSeed)
  return Array.from({ length: dataSeed === 42 ? 500 : 50 }, (_, user) => {
    const plan = shop.lookingAhead(user, 4000)
    const [myopic, ahead] = [shop.myopic(user), plan].map(each => Number(shop.worth(user, each).toFixed(4)))
    return { dataSeed, user, myopic, ahead, plan: plan.join(' ') }
  })
})
writeRows(join(dataFolder(), 'shops-candy-store-drifting.csv'), rows)
