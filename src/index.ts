/** The front door of shoplab: everything a notebook, a test or a script may import, room by room. Nothing else is public. */

// random: named streams of one seed
export { categorical, chance, cumulative, integer, normal, permutation, shuffle } from './random/draws'
export { type Generator, type GeneratorState, stream } from './random/generator'
export { NumpyRandomState, numpyRandomState } from './random/numpy-random-state'

// data: the shop's tables
export { danfojs } from './data/danfojs'
export { dataFolder } from './data/data-folder'
export { frameRows, toDataFrame } from './data/data-frame'
export { readFeedback, writeFeedback } from './data/feedback-file'
export { generateTables, type TablesOptions } from './data/generate-tables'
export { generateInteractionLog, type InteractionLogDataOptions } from './data/interaction-log'
export { type RelevanceOptions, relevantByQuantile } from './data/interaction-log-relevance'
export { interactionMatrix, type SparseMatrix } from './data/interaction-matrix'
export { itemPopularity } from './data/item-popularity'
export { type DataFrame, type DataFrames, loadTables, toDataFrames } from './data/load-tables'
export { checkFeedback, type LoggedFeedback } from './data/logged-feedback'
export { marketplaceCategories } from './data/marketplace-categories'
export { type MovieLens, type MovieLensOptions, readMovieLens } from './data/movielens'
export { type NegativeSamples, type NegativeSamplesOptions, negativeSamples } from './data/negative-samples'
export { readMarketplaceTables } from './data/marketplace-read-tables'
export {
  generateMarketplaceTables,
  type MarketplaceTables,
  type MarketplaceTablesOptions,
  writeMarketplaceTables,
} from './data/marketplace-tables'
export { type Behaviour, messageChannels } from './data/offers-behaviour'
export { behaviourClusters, type BehaviourClusters, type BehaviourClustersOptions } from './data/offers-clusters'
export { behaviourFeatures, type BehaviourFeatures, featureNames, featureRows } from './data/offers-features'
export { type BehaviourOptions, generateBehaviour } from './data/offers-generate'
export { type OffersParameters, offersParameters } from './data/offers-parameters'
export { readBehaviourWorkbook } from './data/offers-read-workbook'
export { type ChannelPreference, channelPreference, type RfmScores, rfmScores } from './data/offers-rfm'
export { writeBehaviourWorkbook } from './data/offers-write-workbook'
export { openBandit, type OpenBanditFeedback, type OpenBanditOptions } from './data/open-bandit'
export { affinity, sigmoid } from './data/preference'
export { type PrincipalComponents, principalComponents } from './data/principal-components'
export { randomSplit, type RandomSplitOptions } from './data/random-split'
export { type OddTaste, oddTaste } from './data/odd-taste'
export { readSimshopTables, type SimshopTables, simshopTables, writeSimshopTables } from './data/simshop-tables'
export { readTables, type TablesNeeded } from './data/read-tables'
export { type RowCache, rowCache } from './data/row-cache'
export { readRows, type TidyRow, writeRows } from './data/rows-file'
export { type Sessions, splitSessions } from './data/sessions'
export { type SyntheticBandit, syntheticBandit, type SyntheticBanditOptions, type SyntheticFeedback } from './data/synthetic-bandit'
export type { Catalogue, Interactions, LogSource, ShopTables, TablesSource, Users } from './data/tables'
export { type TasteClusters, type TasteClustersOptions, tasteClusters } from './data/taste-clusters'
export {
  type SimshopCatalogue,
  simshopBrands,
  simshopCatalogue,
  simshopCategories,
  simshopColours,
  simshopSubcategories,
} from './data/simshop-catalogue'
export {
  type Newcomers,
  newcomers,
  relevantItems,
  type TemporalSplit,
  type TemporalSplitOptions,
  temporalSplit,
} from './data/temporal-split'
export { UserError } from './data/user-error'
export { userFolds } from './data/user-folds'
export { writeTables } from './data/write-tables'

// envs: the shops
export { type CandyStore, type CandyStoreOptions, candyStore, type StrangerOptions } from './envs/candy-store'
export { drift } from './envs/candy-store-drift'
export { type InteractionLog, type InteractionLogOptions, interactionLog } from './envs/interaction-log'
export { type Marketplace, type MarketplaceOptions, marketplace, type OutcomeChance } from './envs/marketplace'
export { type Offers, type OffersOptions, offers } from './envs/offers'
export { describeOffer, offerParts, type OfferParts, offerTimings, offerTypes, offerValues } from './envs/offers-actions'
export { describeFeatures } from './envs/offers-words'
export { type Recogym, type RecogymOptions, recogym } from './envs/recogym'
export { type InterestEvolutionOptions, interestEvolution } from './envs/recsim-interest-evolution'
export { type LongTermSatisfactionOptions, longTermSatisfaction } from './envs/recsim-long-term-satisfaction'
export { clusterMeanQuality } from './envs/recsim-cluster-quality'
export { type Simshop, type SimshopOptions, type SimshopType, simshop, simshopTypes } from './envs/simshop'
export { envFacts, type EnvFacts, envNames, makeEnv, shopNames } from './envs/registry'

// envs: what every shop has, and what a shop of your own is made with
export { checkEnv, type CheckEnvOptions } from './envs/check-env'
export { choose, multinomialLogit, multinomialProportional } from './envs/choice-models'
export { type Column, type Columns, numbers, type SavedState, wholes } from './envs/copy-state'
export { type DefinedEnv, defineEnv, type EnvDefinition, type ShopState, type StepOutcome } from './envs/define-env'
export { describe } from './envs/describe'
export type { Block, Env, Items, Snapshot, Space, Spec } from './envs/env'
export { type EventKind, EventLog, eventCode, eventKinds } from './envs/events'
export { bestActions, expectedReward, hasOracle } from './envs/oracle'
export { actionCount, actionWidth, describeSpace, randomActions } from './envs/spaces'

// envs/classic: what agents are tested on
export { type BanditOptions, bandit } from './envs/classic/bandit'
export { type CartPoleOptions, cartPole } from './envs/classic/cart-pole'
export { type CliffWalkingOptions, cliffWalking, cliffWalkingModel } from './envs/classic/cliff-walking'
export { type TestMdpOptions, testMdp, testMdpModel } from './envs/classic/test-mdp'
export { type Rules, tinyEnv } from './envs/classic/tiny'

// networks: the seam of the learners
export { activations } from './networks/activations'
export { adam } from './networks/adam'
export { clipGradient } from './networks/clip'
export { drawMask, droppedWidths } from './networks/dropout'
export { Embedding, type EmbeddingOptions } from './networks/embedding'
export { parameterCount } from './networks/initialise'
export { makeNetwork, type NetworkBackend, networkBackends } from './networks/make-network'
export { makePerceptron } from './networks/make-perceptron'
export type { Network, NetworkOptions, NetworkShape } from './networks/network'
export type { Perceptron, PerceptronOptions, PerceptronShape } from './networks/perceptron'
export { stepTogether } from './networks/step-together'

// memory: replay, rollouts and schedules
export { generalisedAdvantages } from './memory/advantages'
export { type Batch, makeBatch, Replay } from './memory/replay'
export { decayed, decayedLearningRate, lowered } from './memory/schedules'

// agents: what every one has, and agents by name
export { layerActivations } from './agents/agent-activations'
export type { Agent, Checkpoint, Report } from './agents/agent'
export type { AgentFacts } from './agents/agent-facts'
export { type Actor, myopicOracle } from './agents/myopic-oracle'
export { bestItems, type Recommendation, recommend } from './agents/recommend'
export { agentFacts, agentNames, type AgentShop, makeAgent } from './agents/registry'

// agents: baselines
export { type ColdStartParts, coldStart } from './agents/cold-start'
export { type ContentBasedOptions, contentBased } from './agents/content-based'
export { type FixedRankingOptions, fixedRanking } from './agents/fixed-ranking'
export { type PopularityOptions, popularity } from './agents/popularity'
export { type RandomAgentOptions, randomAgent } from './agents/random'
export { rankByClickbait, rankByClusterQuality, rankByInterest, rankByLeastClickbait } from './agents/recsim-rankings'

// agents: bandits
export { type EpsilonGreedyOptions, epsilonGreedy } from './agents/epsilon-greedy'
export { type LinTsOptions, linTs } from './agents/lin-ts'
export { type LinUcbOptions, linUcb } from './agents/lin-ucb'
export { type NeuralEpsilonGreedyOptions, neuralEpsilonGreedy } from './agents/neural-epsilon-greedy'
export { type SoftmaxOptions, softmax } from './agents/softmax'
export { type ThompsonBernoulliOptions, thompsonBernoulli } from './agents/thompson-bernoulli'
export { type ThompsonGaussianOptions, thompsonGaussian } from './agents/thompson-gaussian'
export { type Ucb1Options, ucb1 } from './agents/ucb1'

// agents: tables of values, and planning where the model is known
export { type ExpectedSarsaOptions, expectedSarsa } from './agents/expected-sarsa'
export { type NStepSarsaOptions, nStepSarsa } from './agents/n-step-sarsa'
export { policyIteration, policyValues } from './agents/policy-iteration'
export { type QLearningOptions, qLearning } from './agents/q-learning'
export { type SarsaOptions, sarsa } from './agents/sarsa'
export { type ValueIterationOptions, valueIteration } from './agents/value-iteration'
export type { DecisionModel, Plan } from './agents/value-iteration-model'

// agents: deep
export { type A2cOptions, a2c } from './agents/a2c'
export { type DoubleDqnOptions, doubleDqn } from './agents/double-dqn'
export { type ItemDqnOptions, itemDqn } from './agents/item-dqn'
export { type PpoOptions, ppo } from './agents/ppo'
export { type ReinforceOptions, reinforce } from './agents/reinforce'
export { type SlateQOptions, slateQ } from './agents/slate-q'

// metrics
export { areaUnderCurve } from './metrics/area-under-curve'
export { areasUnderCurve } from './metrics/areas-under-curve'
export { averageOrderValue } from './metrics/average-order-value'
export { averagePopularity } from './metrics/average-popularity'
export { averagePrecision } from './metrics/average-precision'
export { type BusinessMetrics, businessMetrics, businessMetricsBy } from './metrics/business-metrics'
export { buyThroughRate } from './metrics/buy-through-rate'
export { catalogueCoverage } from './metrics/catalogue-coverage'
export { clickThroughRate } from './metrics/click-through-rate'
export { conversionRate } from './metrics/conversion-rate'
export { countShown } from './metrics/count-shown'
export { type DistributionalCoverage, distributionalCoverage } from './metrics/distributional-coverage'
export { type EventCounter, eventCounter } from './metrics/event-counter'
export { type EventRecorder, eventRecorder } from './metrics/event-recorder'
export { type EventRow, eventRows, recordedFromRows } from './metrics/event-rows'
export { type EventTotals, eventTotals } from './metrics/event-totals'
export { explorationRate } from './metrics/exploration-rate'
export { f1AtK } from './metrics/f1-at-k'
export { gini } from './metrics/gini'
export { hitRate } from './metrics/hit-rate'
export { intraListDiversity } from './metrics/intra-list-diversity'
export { meanAveragePrecision } from './metrics/mean-average-precision'
export { meanReciprocalRank } from './metrics/mean-reciprocal-rank'
export { messageCost } from './metrics/message-cost'
export { mostPopular } from './metrics/most-popular'
export { movingAverage } from './metrics/moving-average'
export { ndcg } from './metrics/ndcg'
export { novelty } from './metrics/novelty'
export { personalisation } from './metrics/personalisation'
export { type PopularityBias, popularityBias } from './metrics/popularity-bias'
export { precisionAtK } from './metrics/precision-at-k'
export { profit } from './metrics/profit'
export { type FunnelStage, funnelStages, purchaseFunnel, sessionsReached } from './metrics/purchase-funnel'
export { purchaseMargin } from './metrics/purchase-margin'
export { type QValueConvergence, qValueConvergence } from './metrics/q-value-convergence'
export { rPrecision } from './metrics/r-precision'
export { type RankBiasedPrecisionOptions, rankBiasedPrecision } from './metrics/rank-biased-precision'
export {
  type RankingMetric,
  type RankingMetrics,
  type RankingMetricsOptions,
  rankingMetricNames,
  rankingMetrics,
} from './metrics/ranking-metrics'
export { rankingMetricsFrame, type RankingMetricsFrameOptions } from './metrics/ranking-metrics-frame'
export { recallAtK } from './metrics/recall-at-k'
export { reciprocalRank } from './metrics/reciprocal-rank'
export type { RecordedEvents } from './metrics/recorded-events'
export type { RelevantItems } from './metrics/relevant-items'
export { type ReturnRate, type ReturnRateOptions, returnRate } from './metrics/return-rate'
export { revenue } from './metrics/revenue'
export { rewardTimeline, rewardTimelineBySegment, type TimelinePoint } from './metrics/reward-timeline'
export { serendipity } from './metrics/serendipity'
export { sessionLength } from './metrics/session-length'
export { sessionReturnRate } from './metrics/session-return-rate'
export type { RankedLists } from './metrics/user-hits'

// evaluate: statistics over seeds, rankings against held-out data
export { type AggregateOptions, type AggregateScores, aggregateScores } from './evaluate/aggregate-scores'
export { bootstrapInterval, type Interval } from './evaluate/bootstrap-interval'
export { correlation } from './evaluate/correlation'
export { holmCorrection } from './evaluate/holm-correction'
export { howManySeeds, type HowManySeedsOptions } from './evaluate/how-many-seeds'
export { interquartileMean } from './evaluate/interquartile-mean'
export { listOverlap } from './evaluate/list-overlap'
export { type MeanDifference, meanDifference } from './evaluate/mean-difference'
export { meanInterval } from './evaluate/mean-interval'
export { normalisedScores } from './evaluate/normalised-scores'
export { type ClippedOptions, clippedInversePropensity } from './evaluate/off-policy/clipped-inverse-propensity'
export { directMethod } from './evaluate/off-policy/direct-method'
export { doublyRobust } from './evaluate/off-policy/doubly-robust'
export type { SequenceOptions } from './evaluate/off-policy/episodes'
export type { EstimateOptions, OffPolicyEstimate } from './evaluate/off-policy/estimate'
export { type FittedQEstimate, type FittedQOptions, fittedQEvaluation } from './evaluate/off-policy/fitted-q-evaluation'
export { importanceWeights, type WeightDiagnostics, weightDiagnostics, weightWarnings } from './evaluate/off-policy/importance-weights'
export { inversePropensity } from './evaluate/off-policy/inverse-propensity'
export { type LearnedPolicy, type LearnerOptions, inversePropensityLearner } from './evaluate/off-policy/inverse-propensity-learner'
export {
  type EstimatorName,
  type OffPolicyOptions,
  type OffPolicyRow,
  offPolicyEstimates,
} from './evaluate/off-policy/off-policy-estimates'
export { perDecisionImportanceSampling } from './evaluate/off-policy/per-decision-importance-sampling'
export { replayMethod } from './evaluate/off-policy/replay-method'
export { rewardModel, type RewardModelOptions } from './evaluate/off-policy/reward-model'
export { selfNormalisedInversePropensity } from './evaluate/off-policy/self-normalised-inverse-propensity'
export { sequentialDoublyRobust } from './evaluate/off-policy/sequential-doubly-robust'
export { type ShrunkOptions, shrunkDoublyRobust } from './evaluate/off-policy/shrunk-doubly-robust'
export { type SlateFeedback, slateIndependentInversePropensity } from './evaluate/off-policy/slate-independent-inverse-propensity'
export { type SwitchOptions, switchDoublyRobust } from './evaluate/off-policy/switch-doubly-robust'
export type { Parameter, TamedOptions } from './evaluate/off-policy/tamed-weights'
export { weightedImportanceSampling } from './evaluate/off-policy/weighted-importance-sampling'
export { type OfflineRanking, offlineRanking } from './evaluate/offline-ranking'
export { optimalityGap } from './evaluate/optimality-gap'
export { type PairedDifference, pairedDifference } from './evaluate/paired-difference'
export { type AgentDifference, pairedDifferences } from './evaluate/paired-differences'
export { performanceProfile, type ProfilePoint } from './evaluate/performance-profile'
export { probabilityOfImprovement } from './evaluate/probability-of-improvement'
export { amongItems, popularityRanker, profileRanker, type Ranker, randomRanker, tasteRanker } from './evaluate/rankers'
export { type RewardDrift, type RewardDriftOptions, rewardDrift } from './evaluate/reward-drift'
export { type RunningDifference, runningDifference } from './evaluate/running-difference'
export type { AgentRow } from './evaluate/scores-by-seed'
export { type SequentialPower, type SequentialPowerOptions, sequentialPower } from './evaluate/sequential-power'
export {
  type SequentialLook,
  type SequentialState,
  type SequentialTest,
  type SequentialTestOptions,
  sequentialLooks,
  sequentialTest,
} from './evaluate/sequential-test'
export { type AgentSummary, summarise } from './evaluate/summarise'
export { type VisitBounds, visitBounds } from './evaluate/visit-bounds'
export { type TestPlanOptions, testPower, visitsNeeded } from './evaluate/visits-needed'

// train: the loop, evaluation, comparison over seeds, models on disk
export { type AbTest, type AbTestOptions, abTest } from './train/ab-test'
export {
  type BrokenLearner,
  brokenLearners,
  healthyOptions,
  type LearnerPoint,
  type WatchOptions,
  watchLearner,
} from './train/broken-learners'
export { type CompareOptions, type ComparisonRow, compare } from './train/compare'
export { type CrossValidationOptions, type CrossValidationRow, crossValidate } from './train/cross-validation'
export { type EarlyStoppingRule, earlyStopping, isStagnant } from './train/early-stopping'
export { type EvaluateOptions, type Evaluation, evaluate } from './train/evaluate-agent'
export { type FollowSessionOptions, followSession, type SessionStep } from './train/follow-session'
export { type Measure, measureNames } from './train/measures'
export { loadModel, type Policy, saveModel } from './train/model-file'
export { isShelf, loadVersion, type ModelVersion, modelVersions, promoteVersion, saveVersion } from './train/model-versions'
export {
  type Chosen,
  type Feedback,
  type OnlineRecommendation,
  type OnlineRecommender,
  type OnlineRecommenderOptions,
  type RankedItem,
  type Recommender,
  recommender,
  type SavedRecommenderOptions,
} from './train/recommender'
export { playSessions, type PlaySessionsOptions } from './train/record-events'
export { readTrainingFile, type TrainingFile } from './train/training-file'
export { evaluateByType, type TypeRow } from './train/evaluate-by-type'
export { type SensitivityRow, type SensitivitySweepOptions, sensitivitySweep, sweptRankings } from './train/recsim-sensitivity-sweep'
export { rankLog, type RankLogOptions } from './train/rank-log'
export { type ActorMaker, type ActorRow, playActors, type PlayActorsOptions, referenceActors } from './train/play-actors'
export { jointAction, jointActionParts, jointActions } from './train/joint-action'
export { type PolicyProbabilities, policyProbabilities, type PolicyProbabilitiesOptions } from './train/policy-probabilities'
export { recordFeedback, type RecordFeedbackOptions } from './train/record-feedback'
export { type LogRow, recordLog, type RecordLogOptions } from './train/record-log'
export type { Progress, RunRecord, Timing } from './train/run-record'
export { tellSession, type TellSessionOptions, type ToldSession } from './train/tell-session'
export { type CheckpointOptions, type OnEvaluation, type TrainOptions, train } from './train/train'

// conformance: published numbers beside ours
export { allFigures, conformance, type ConformanceOptions, conformanceShops } from './conformance/all-figures'
export { printRow, type PrintedRow } from './conformance/print-row'
export { compareFigure, type ConformanceRow, type Estimate, type PublishedFigure } from './conformance/published-figure'
export { slateQTable1 } from './conformance/recsim-interest-evolution'

// sweep: hyperparameter search
export { ashaPruner } from './sweep/asha-pruner'
export { type BestOf, bestOf } from './sweep/best-of'
export { checkConfiguration, checkSpace } from './sweep/check-space'
export { gridSampler, gridSize } from './sweep/grid-sampler'
export { type ImportanceOptions, importance } from './sweep/importance'
export { importanceIntervals } from './sweep/importance-intervals'
export { makePruner } from './sweep/make-pruner'
export { makeSampler } from './sweep/make-sampler'
export { medianPruner } from './sweep/median-pruner'
export { type ParzenDensities, parzenDensities } from './sweep/parzen-densities'
export { type AshaOptions, type MedianOptions, noPruner, type Pruner, type PrunerSpec } from './sweep/pruner'
export { randomSampler } from './sweep/random-sampler'
export { type PruningCost, pruningCost, replayPruner } from './sweep/replay-pruner'
export { bestTrial, type RunSweepOptions, runSweep, type SweepProgress, type SweepResult } from './sweep/run-sweep'
export type { ProposalRequest, Sampler, SamplerSpec, TpeOptions } from './sweep/sampler'
export type { Choice, Configuration, Dimension, SearchSpace } from './sweep/search-space'
export { createStudy, type Objective, type OptimiseOptions, type Outcome, type Study, type StudyOptions } from './sweep/study'
export { type RangeOptions, type StudyTrial, TrialPruned } from './sweep/study-trial'
export { type CostOptions, measureCost, type SweepCost, sweepCost } from './sweep/sweep-cost'
export { readSweepFile } from './sweep/sweep-file'
export { readSweep } from './sweep/sweep-journal'
export { configured, describeConfiguration, type SweepOptions, type SweepPlan, sweepPlan } from './sweep/sweep-plan'
export { type TestOptions, testConfiguration } from './sweep/test-configuration'
export { tpeSampler } from './sweep/tpe-sampler'
export type { Direction, TrialRecord } from './sweep/trial-record'
export type { TrialStore } from './sweep/trial-store'

// figures: data in, Plotly specification out
export { ablation, type AblationOptions } from './figures/ablation'
export { barChart, type BarChartOptions, type BarSeries } from './figures/bar-chart'
export { bySetting, type BySettingOptions, type SettingMeasure } from './figures/by-setting'
export { candyDiary, type DiaryPage } from './figures/candy-diary'
export { candyNames, type PictureName, picture } from './figures/candy-pictures'
export { candyShelf, type ShelfPlace } from './figures/candy-shelf'
export { candyStars, type CandyStarsOptions, type StarLine } from './figures/candy-stars'
export { comparison } from './figures/comparison'
export { dataAnalysis } from './figures/data-analysis'
export { describeFigure, type Figure, type Layout, type Plot } from './figures/figure'
export { funnel, type FunnelOptions, type FunnelSeries } from './figures/funnel'
export { heatMap, type HeatMapOptions } from './figures/heat-map'
export { histogram, type HistogramGroup, type HistogramOptions } from './figures/histogram'
export { importanceBars, type ImportanceBarsOptions } from './figures/importance-bars'
export { intermediateValues, type IntermediateValuesOptions } from './figures/intermediate-values'
export { type EstimateRow, intervalChart, type IntervalChartOptions } from './figures/interval-chart'
export { type LearnerCurvesOptions, learnerCurves } from './figures/learner-curves'
export { type LearningRun, learningCurve, lowestToHighest } from './figures/learning-curve'
export { lineChart, type LineChartOptions, type LineSeries } from './figures/line-chart'
export { longTail, type Spread } from './figures/long-tail'
export { type MonitoringOptions, monitoring } from './figures/monitoring'
export { type NetworkDrawingData, type NetworkDrawingOptions, networkDrawing } from './figures/network-drawing'
export { optimisationHistory, type OptimisationHistoryOptions } from './figures/optimisation-history'
export { arrange, type ArrangeOptions, type Panel, panel } from './figures/panels'
export { parallelCoordinates, type ParallelCoordinatesOptions } from './figures/parallel-coordinates'
export { parzenFigure, type ParzenFigureOptions } from './figures/parzen-figure'
export { type CloudPoint, pointCloud, type PointCloudOptions } from './figures/point-cloud'
export { radar, type RadarAxis, type RadarOptions } from './figures/radar'
export { recommendations } from './figures/recommendations'
export { rewardTimelineFigure, type RewardTimelineOptions, type TimelineSeries } from './figures/reward-timeline'
export { type RunningIntervalOptions, runningInterval } from './figures/running-interval'
export { searchMap, type SearchMapOptions } from './figures/search-map'
export { type SessionValuesOptions, sessionValues } from './figures/session-values'
export { shopOverview } from './figures/shop-overview'
export { slices, type SlicesOptions } from './figures/slices'
export { type SystemDiagramOptions, systemDiagram } from './figures/system-diagram'
export type { StudyTrials } from './figures/study-trials'
export { type TrainingFigureOptions, type TrainingFigureRun, trainingFigure } from './figures/training-figure'
export { trainingProgress } from './figures/training-progress'

// notebook: all that touches the kernel
export { agree } from './notebook/agree'
export { budget, quickMode } from './notebook/budget'
export { type CandyRaceOptions, candyRace } from './notebook/candy-race'
export { type CandyRobotOptions, candyChild, candyRobot } from './notebook/candy-robot'
export {
  diaryPages,
  type ManyRobotsOptions,
  manyRobots,
  type StoreRobotsOptions,
  starWords,
  storeRobots,
  winnerWords,
} from './notebook/candy-robots'
export { check, judge, type Verdict } from './notebook/check'
export { banditTries, changedTaste, type Lesson, shelfOf, type StoreLessons, storeLessons } from './notebook/companion-experiments'
export { type Experiment, type ExperimentOptions, experiment, type SeedRow } from './notebook/experiment'
export { intervalTable, type IntervalTableOptions } from './notebook/interval-table'
export { type Kernel, kernel, reload } from './notebook/kernel'
export { type LiveTraining, type LiveTrainingOptions, liveTraining } from './notebook/live-chart'
export { type LiveDemoOptions, liveDemo } from './notebook/live-demo'
export { oneUpdate } from './notebook/one-update'
export { openInBrowser } from './notebook/open-in-browser'
export { overestimation } from './notebook/overestimation'
export { placeVisit } from './notebook/place-visit'
export { type ProgressBar, progress } from './notebook/progress'
export { type Showable, type ShowOptions, show } from './notebook/show'
export { type Mark, showSource, sourceLines } from './notebook/source'
export { escapeHtml, type Row, rowsOf, type Table, table } from './notebook/table'
export { button, dropdown, hbox, html, numberField, slider, textField, type ValueWidget, vbox, type Widget } from './notebook/widgets'
