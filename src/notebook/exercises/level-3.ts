/** The exercises of notebooks/03-level-3-mathematics.ipynb. */
import type { Exercises } from './exercise'

export const mathematicsExercises: Exercises = {}
