/** The kernels of the 'simd' and 'simd-relaxed' networks. All addresses are bytes in the one memory that the host lays out. */

export { addColumnSums, addTurnedProduct, matrixProduct, packRows, padRows, sumOfSquares, turnMatrix } from './dense'
export { activationSlopes, applyActivation } from './elementwise'
export {
  bestOutput,
  chosenGradient,
  chosenOutput,
  clearColumns,
  columnSquares,
  hiddenLayer,
  inputGradient,
  outputLayer,
  turnWeights,
  weightGradient,
} from './layers'
export { adam, drawKept, follow } from './learning'
export { listRows, turnLists } from './lists'
export { activate, foldStatistics, layerSums, normalisationGradient, normalise } from './normalisation'
export { allProducts, bestProducts } from './search'

/** The first byte that the host may use. */
export function firstFree(): usize {
  return __heap_base
}
