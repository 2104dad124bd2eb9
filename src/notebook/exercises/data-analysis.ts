/** The exercises of notebooks/04-data-analysis.ipynb. */
import type { Exercises } from './exercise'

export const dataAnalysisExercises: Exercises = {}
