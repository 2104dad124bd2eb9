/** All exercises by name; a name begins with its notebook's subject, so that no two are alike. */
import { dataAnalysisExercises } from './data-analysis'
import type { Exercises } from './exercise'
import { candyStoreExercises } from './level-1'
import { gamingCompanionExercises } from './level-2'
import { mathematicsExercises } from './level-3'
import { sweepExercises } from './sweeps'
import { trainingExercises } from './training'

export const exercises: Exercises = {
  ...candyStoreExercises,
  ...gamingCompanionExercises,
  ...mathematicsExercises,
  ...dataAnalysisExercises,
  ...trainingExercises,
  ...sweepExercises,
}
