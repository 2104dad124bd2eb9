/** The exercises of notebooks/02-level-2-gaming-companion.ipynb. */
import type { Exercises } from './exercise'

export const gamingCompanionExercises: Exercises = {}
