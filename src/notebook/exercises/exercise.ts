/** What an exercise at the end of a notebook is. */
export interface Exercise {
  /** What is wrong with the answer, in a sentence that helps to find the next step but does not give the answer away; undefined when it is right. */
  readonly judge: (answer: unknown) => string | undefined
  /** What is shown for a right answer: why it is right, or what follows from it. */
  readonly right: string
}

/** Exercises by name. */
export type Exercises = Readonly<Record<string, Exercise>>
