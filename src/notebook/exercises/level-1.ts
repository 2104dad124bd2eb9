/** The exercises of notebooks/01-level-1-candy-store.ipynb. */
import type { Exercises } from './exercise'

export const candyStoreExercises: Exercises = {}
