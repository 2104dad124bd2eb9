/** The exercises of notebooks/05-training.ipynb. */
import type { Exercises } from './exercise'

export const trainingExercises: Exercises = {}
