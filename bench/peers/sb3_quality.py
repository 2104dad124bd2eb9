"""SB3 on CartPole-v1 after 50 000 steps: the mean of 20 greedy evaluation episodes per seed, and the wall time.

--first is the first of the --repeats seeds.
"""
import harness

import time

import gymnasium as gym
import torch
from stable_baselines3 import DQN, PPO
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.evaluation import evaluate_policy

torch.set_num_threads(1)
PACKAGES = ["stable-baselines3", "torch", "gymnasium"]
args = harness.arguments(steps=50_000, first=0)
decay = lambda top: (lambda left: left * top)  # noqa: E731 - SB3's linear schedule

CASES = {
    "DQN zoo": lambda seed: DQN(
        "MlpPolicy", "CartPole-v1", learning_rate=2.3e-3, batch_size=64, buffer_size=100_000, learning_starts=1000,
        gamma=0.99, target_update_interval=10, train_freq=256, gradient_steps=128, exploration_fraction=0.16,
        exploration_final_eps=0.04, policy_kwargs=dict(net_arch=[256, 256]), seed=seed, device="cpu"),
    "PPO zoo": lambda seed: PPO(
        "MlpPolicy", make_vec_env("CartPole-v1", n_envs=8, seed=seed), n_steps=32, batch_size=256, gae_lambda=0.8,
        gamma=0.98, n_epochs=20, ent_coef=0.0, learning_rate=decay(1e-3), clip_range=decay(0.2), seed=seed, device="cpu"),
    "PPO default": lambda seed: PPO("MlpPolicy", "CartPole-v1", seed=seed, device="cpu"),
    "DQN default": lambda seed: DQN("MlpPolicy", "CartPole-v1", seed=seed, device="cpu"),
}

for name, make in CASES.items():
    if args.only not in name:
        continue
    returns, walls = [], []
    for seed in range(args.first, args.first + args.repeats):
        model = make(seed)
        took, _ = harness.timed(lambda: model.learn(total_timesteps=args.steps))
        test = gym.make("CartPole-v1")
        test.reset(seed=1000 + seed)
        mean, _ = evaluate_policy(model, test, n_eval_episodes=20, deterministic=True, warn=False)
        returns.append(mean)
        walls.append(took)
    seeds = ", ".join(f"{r:.1f}" for r in returns)
    harness.emit("Stable-Baselines3", f"{name}, CartPole-v1, {args.steps} steps, eval return", returns, "return (max 500)",
                 PACKAGES, f"per seed {args.first}..{args.first + args.repeats - 1}: {seeds}")
    harness.emit("Stable-Baselines3", f"{name}, CartPole-v1, {args.steps} steps, wall time", walls, "s", PACKAGES)
