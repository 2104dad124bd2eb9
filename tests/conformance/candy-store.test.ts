/** The candy store against the guide: the numbers stand in src/conformance/candy-store.ts. */
import { candyStoreFigures } from '../../src/conformance/candy-store'
import { testFigures } from './test-figures'

testFigures(candyStoreFigures)
