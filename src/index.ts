/** The front door of shoplab: everything a notebook, a test or a script may import, room by room. Nothing else is public. */

// random: named streams of one seed
export { categorical, chance, cumulative, integer, normal, permutation, shuffle } from './random/draws'
export { type Generator, type GeneratorState, stream } from './random/generator'

// data: the shop's tables
export { dataFolder } from './data/data-folder'
export { generateTables, type TablesOptions } from './data/generate-tables'
export { itemPopularity } from './data/item-popularity'
export { type DataFrame, type DataFrames, loadTables, toDataFrames } from './data/load-tables'
export { readTables } from './data/read-tables'
export { readRows, type TidyRow, writeRows } from './data/rows-file'
export type { Catalogue, Interactions, ShopTables, Users } from './data/tables'
export { relevantItems, type TemporalSplit, temporalSplit } from './data/temporal-split'
export { UserError } from './data/user-error'
export { writeTables } from './data/write-tables'

// envs: the shops
export { type CandyStore, type CandyStoreOptions, candyStore } from './envs/candy-store'
export { type CartPoleOptions, cartPole } from './envs/classic/cart-pole'
export type { Block, Env, Items, Snapshot, Space, Spec } from './envs/env'
export { type EventKind, EventLog, eventCode, eventKinds } from './envs/events'
export { bestActions, expectedReward } from './envs/oracle'
export { envNames, makeEnv } from './envs/registry'

// networks: the seam of the learners
export { makeNetwork, type NetworkBackend, networkBackends } from './networks/make-network'
export type { Network, NetworkOptions, NetworkShape } from './networks/network'

// agents
export type { Agent, Checkpoint, Report } from './agents/agent'
export { type DoubleDqnOptions, doubleDqn } from './agents/double-dqn'
export { type LinUcbOptions, linUcb } from './agents/lin-ucb'
export { type PopularityOptions, popularity } from './agents/popularity'
export { type RandomAgentOptions, randomAgent } from './agents/random'
export { type Recommendation, recommend } from './agents/recommend'
export { agentNames, makeAgent } from './agents/registry'

// metrics
export { averagePrecision } from './metrics/average-precision'
export { catalogueCoverage } from './metrics/catalogue-coverage'
export { clickThroughRate } from './metrics/click-through-rate'
export { conversionRate } from './metrics/conversion-rate'
export { type EventCounter, eventCounter } from './metrics/event-counter'
export { hitRate } from './metrics/hit-rate'
export { intraListDiversity } from './metrics/intra-list-diversity'
export { meanAveragePrecision } from './metrics/mean-average-precision'
export { movingAverage } from './metrics/moving-average'
export { ndcg } from './metrics/ndcg'
export { novelty } from './metrics/novelty'
export { precisionAtK } from './metrics/precision-at-k'
export { recallAtK } from './metrics/recall-at-k'
export { sessionLength } from './metrics/session-length'

// evaluate: statistics over seeds, rankings against held-out data
export { bootstrapInterval, type Interval } from './evaluate/bootstrap-interval'
export { interquartileMean } from './evaluate/interquartile-mean'
export { type OfflineRanking, offlineRanking } from './evaluate/offline-ranking'
export { type PairedDifference, pairedDifference } from './evaluate/paired-difference'
export type { AgentRow } from './evaluate/scores-by-seed'
export { type AgentSummary, summarise } from './evaluate/summarise'

// train: the loop, evaluation, comparison over seeds, models on disk
export { type CompareOptions, type ComparisonRow, compare } from './train/compare'
export { type EvaluateOptions, type Evaluation, evaluate } from './train/evaluate-agent'
export { loadModel, type Policy, saveModel } from './train/model-file'
export type { Progress, RunRecord, Timing } from './train/run-record'
export { type CheckpointOptions, type TrainOptions, train } from './train/train'

// sweep: hyperparameter search
export type { Choice, Configuration, Dimension, SearchSpace } from './sweep/search-space'
export type { Direction, TrialRecord } from './sweep/trial-record'

// figures: data in, Plotly specification out
export { comparison } from './figures/comparison'
export { describeFigure, type Figure, type Layout, type Plot } from './figures/figure'
export { type LearningRun, learningCurve } from './figures/learning-curve'
export { recommendations } from './figures/recommendations'
export { shopOverview } from './figures/shop-overview'
export { trainingProgress } from './figures/training-progress'

// notebook: all that touches the kernel
export { budget, quickMode } from './notebook/budget'
export { check, judge, type Verdict } from './notebook/check'
export { type Kernel, kernel, reload } from './notebook/kernel'
export { type LiveTraining, type LiveTrainingOptions, liveTraining } from './notebook/live-chart'
export { type LiveDemoOptions, liveDemo } from './notebook/live-demo'
export { openInBrowser } from './notebook/open-in-browser'
export { type ProgressBar, progress } from './notebook/progress'
export { type Showable, type ShowOptions, show } from './notebook/show'
export { escapeHtml, type Row, rowsOf, type Table, table } from './notebook/table'
export { button, dropdown, hbox, html, numberField, slider, textField, type ValueWidget, vbox, type Widget } from './notebook/widgets'
