/**
 * The training loop, one for every agent: act, step, observe, update; told as it goes, and stopped by a signal.
 *
 * It pauses every 50 ms of work, so that a notebook can draw, a progress bar can move and an interrupt gets through. Nothing that is told,
 * drawn, evaluated or written to disk on the way changes what is learned.
 */
import type { Agent } from '../agents/agent'
import type { Env } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import { Bookkeeping } from './bookkeeping'
import { type EvaluateOptions, type Evaluation, evaluate } from './evaluate-agent'
import type { EvaluationPoint, Progress, RunRecord } from './run-record'
import { checkCheckpointFolder, hasCheckpoint, loadTraining, saveTraining } from './training-checkpoint'

const millisecondsBetweenPauses = 50

export interface CheckpointOptions {
  /** A folder for this training alone; a checkpoint that is there already is replaced. */
  readonly folder: string
  /** Transitions between two checkpoints; there is one more where the training ends or is interrupted. */
  readonly every: number
  /** Go on from the checkpoint in the folder, where there is one; false. The agent, the shop and the seed must be made as they were then. */
  readonly resume?: boolean
}

export interface TrainOptions {
  /** Stop when this many episodes have ended, over all copies. */
  readonly episodes?: number
  /** Stop after this many transitions, over all copies. */
  readonly steps?: number
  /** Seed of the shoppers met; 0. The agent has a seed of its own. */
  readonly seed?: number
  /** Called in every pause and at the end. */
  readonly onProgress?: (progress: Progress) => void
  /** When aborted, the run ends at the next pause and its record says so. */
  readonly signal?: AbortSignal
  /** Evaluate each time this many transitions have passed, as `evaluation` says. */
  readonly evaluateEvery?: number
  /** The same, each time this many episodes have ended. */
  readonly evaluateEveryEpisodes?: number
  /** A shop for evaluation alone, how many episodes and their seed. */
  readonly evaluation?: EvaluateOptions & { readonly env: Env }
  /** Called after each evaluation, and waited for; see `earlyStopping` for one that ends a training which gets no better. */
  readonly onEvaluation?: OnEvaluation
  /** Write the training to disk as it goes, so that it can be gone on with to the last bit, even after the process was killed. */
  readonly checkpoint?: CheckpointOptions
}

/**
 * Hears of each evaluation; 'stop' ends the training there, and its record says so.
 *
 * @param evaluation what was measured
 * @param soFar      every evaluation of this training by its step, this one last; not to be changed
 * @param episodes   that have ended
 */
export type OnEvaluation = (
  evaluation: Evaluation,
  soFar: readonly EvaluationPoint[],
  episodes: number,
) => 'stop' | undefined | Promise<'stop' | undefined>

/**
 * Trains the agent in the shop, from a fresh reset of the shop or from a checkpoint; the agent goes on from where it stands.
 *
 * @throws RangeError when neither episodes nor steps says when to stop
 * @throws UserError when a checkpoint cannot be written, or cannot be taken up
 */
export async function train(agent: Agent, env: Env, options: TrainOptions): Promise<RunRecord> {
  const { episodes = Infinity, steps = Infinity, seed = 0, onProgress, signal, evaluation, onEvaluation, checkpoint } = options
  const { evaluateEvery = 0, evaluateEveryEpisodes = 0 } = options
  checkLimits(options)
  const { copies } = env
  const books = new Bookkeeping(copies)
  const before = new Float32Array(env.observations.length)
  const actions = new Int32Array(copies * actionWidth(env.spec.actions))
  const spent = { environment: 0, acting: 0, learning: 0, total: 0 }
  /** A step has been taken whose updates are not all made. */
  let learning = false
  /** Something has happened since the last checkpoint. */
  let moved = false
  if (checkpoint) checkCheckpointFolder(checkpoint.folder)
  if (checkpoint?.resume && hasCheckpoint(checkpoint.folder)) {
    const taken = loadTraining(checkpoint.folder, agent, env, books, seed)
    learning = taken.learning
    Object.assign(spent, taken.timing)
  } else env.reset(seed)

  let interrupted = signal?.aborted ?? false
  let stopped = false
  const started = performance.now()
  const begun = { step: books.step, done: share() }
  let resumed = started

  /** How much of the whole is done, 0 to 1. */
  function share(): number {
    return Math.min(1, Math.max(books.step / steps, books.returns.length / episodes))
  }

  function tell(): void {
    if (!onProgress) return
    const { step, returns, lengths, losses, epsilons, loss } = books
    const seconds = (performance.now() - started) / 1000
    const done = share()
    onProgress({
      ...{ step, steps, episode: returns.length, episodes, epsilon: agent.epsilon ?? Number.NaN, loss },
      stepsPerSecond: (step - begun.step) / seconds,
      secondsLeft: done > begun.done ? (seconds * (1 - done)) / (done - begun.done) : done < 1 ? Infinity : 0,
      ...{ returns, lengths, losses, epsilons },
    })
  }

  async function pause(): Promise<void> {
    tell()
    await new Promise(resolve => setImmediate(resolve))
    if (signal?.aborted) interrupted = true
    resumed = performance.now()
  }

  function timing(): RunRecord['timing'] {
    return { ...spent, total: spent.total + (performance.now() - started) / 1000 }
  }

  /** Whether the step just made reached or passed a multiple of `every`. */
  function isDue(every: number): boolean {
    return passes(every, books.step - copies, books.step)
  }

  async function evaluateNow(): Promise<void> {
    if (!evaluation) return
    const measured = evaluate(agent, evaluation.env, evaluation)
    books.evaluations.push({ step: books.step, mean: measured.mean })
    if (!onEvaluation) return
    stopped = (await onEvaluation(measured, books.evaluations, books.returns.length)) === 'stop'
    if (signal?.aborted) interrupted = true
    resumed = performance.now()
  }

  function write(): void {
    if (checkpoint && moved) saveTraining(checkpoint.folder, agent, env, books, { seed, learning, timing: timing() })
    moved = false
  }

  while (!interrupted && !stopped && (learning || (books.step < steps && books.returns.length < episodes))) {
    let from = performance.now()
    moved = true
    if (!learning) {
      before.set(env.observations)
      agent.act(before, true, actions)
      const steppingFrom = performance.now()
      env.step(actions)
      const learningFrom = performance.now()
      spent.acting += (steppingFrom - from) / 1000
      spent.environment += (learningFrom - steppingFrom) / 1000
      from = learningFrom
      agent.observe(env, before, actions)
      books.bookStep(env)
      learning = true
    }

    for (let report = agent.update(); report; report = agent.update()) {
      books.bookUpdate(report.loss)
      // Many copies owe many updates, together longer than a pause may wait.
      const now = performance.now()
      if (now - resumed < millisecondsBetweenPauses) continue
      spent.learning += (now - from) / 1000
      await pause()
      from = resumed
      if (interrupted) break
    }
    const now = performance.now()
    spent.learning += (now - from) / 1000
    if (interrupted) break

    learning = false
    const episodesBefore = books.returns.length
    books.closeStep(agent.epsilon ?? Number.NaN)
    if (isDue(evaluateEvery) || passes(evaluateEveryEpisodes, episodesBefore, books.returns.length)) await evaluateNow()
    if (checkpoint && isDue(checkpoint.every)) write()
    if (now - resumed >= millisecondsBetweenPauses) await pause()
  }
  write()
  // An interrupt in the midst of the updates leaves them to whoever goes on; the record is closed all the same.
  books.closeStep(agent.epsilon ?? Number.NaN)
  tell()

  const { returns, lengths, losses, epsilons, evaluations } = books
  return {
    agent: agent.kind,
    options: agent.options,
    ...(agent.backend === undefined ? {} : { backend: agent.backend }),
    env: env.spec,
    copies,
    seed,
    steps: books.step,
    episodes: returns.length,
    updates: books.updates,
    curves: { returns, lengths, losses, epsilons, evaluations },
    timing: timing(),
    interrupted,
    ...(stopped ? { stopped } : {}),
  }
}

/** Whether there is a multiple of `every` above `before`, up to `now`. */
function passes(every: number, before: number, now: number): boolean {
  return every > 0 && Math.floor(now / every) > Math.floor(before / every)
}

function checkLimits(options: TrainOptions): void {
  const { episodes, steps, evaluateEvery, evaluateEveryEpisodes, evaluation, onEvaluation, checkpoint } = options
  if (episodes === undefined && steps === undefined) throw new RangeError('neither episodes nor steps is given; one must say when to stop')
  for (const [name, value] of Object.entries({ episodes, steps, evaluateEvery, evaluateEveryEpisodes })) {
    if (value !== undefined && !(value >= 0)) throw new RangeError(`${name} is ${value}; it must be at least 0`)
  }
  for (const [name, value] of Object.entries({ evaluateEvery, evaluateEveryEpisodes })) {
    if (value && !evaluation) throw new RangeError(`${name} is given without evaluation; it needs { env, episodes, seed }`)
  }
  if (onEvaluation && !(evaluation && (evaluateEvery || evaluateEveryEpisodes))) {
    throw new RangeError('onEvaluation is given, but nothing is evaluated; it needs evaluation, and evaluateEvery or evaluateEveryEpisodes')
  }
  if (checkpoint && !(Number.isInteger(checkpoint.every) && checkpoint.every >= 1)) {
    throw new RangeError(`checkpoint.every is ${checkpoint.every}; it must be a whole number of transitions, at least 1`)
  }
}
