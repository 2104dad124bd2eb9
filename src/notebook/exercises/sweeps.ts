/** The exercises of notebooks/06-hyperparameter-sweeps.ipynb. */
import type { Exercises } from './exercise'

export const sweepExercises: Exercises = {}
