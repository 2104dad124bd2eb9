/** Every subject by its name: a file of the same name in bench/. */
import { subject as agents } from '../agents'
import { subject as bandits } from '../bandits'
import { subject as cartPoleDqn } from '../cart-pole-dqn'
import { subject as cartPoleDqnZoo } from '../cart-pole-dqn-zoo'
import { subject as cartPoleEnv } from '../cart-pole-env'
import { subject as decision } from '../decision'
import { subject as doubleDqnStep } from '../double-dqn-step'
import { subject as envs } from '../envs'
import { subject as guideDqn } from '../guide-dqn'
import { subject as itemCatalogue } from '../item-catalogue'
import { subject as metrics } from '../metrics'
import { subject as offPolicy } from '../off-policy'
import { subject as ppoCartPole } from '../ppo-cart-pole'
import { subject as ppoSimshop } from '../ppo-simshop'
import { subject as sweepTrial } from '../sweep-trial'
import { subject as tfjsStep } from '../tfjs-step'
import type { Subject } from './subject'

export const subjects: Readonly<Record<string, Subject>> = {
  'double-dqn-step': doubleDqnStep,
  'tfjs-step': tfjsStep,
  decision,
  'cart-pole-dqn': cartPoleDqn,
  'cart-pole-dqn-zoo': cartPoleDqnZoo,
  'guide-dqn': guideDqn,
  'cart-pole-env': cartPoleEnv,
  envs,
  'sweep-trial': sweepTrial,
  'ppo-cart-pole': ppoCartPole,
  'ppo-simshop': ppoSimshop,
  bandits,
  agents,
  'item-catalogue': itemCatalogue,
  metrics,
  'off-policy': offPolicy,
}
