import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
const DAYS = 60;

const terms = () => {
  const warmUp = join(process.cwd(), 'eks-workloads/monte-carlo/ray/monte_carlo/warm-up.json');
  const read = JSON.parse(readFileSync(warmUp, 'utf8'));
  // Without an end before the last day every path is long.
  read.rules.target = null;
  read.rules.maxLoss.width = { ppm: 1_000_000 };
  read.rules.dailyLoss = null;
  read.calendar = {
    startsMs: Array.from({ length: DAYS + 1 }, (_, day) => day * DAY_MS),
    trades: Array.from({ length: DAYS }, () => true),
  };
  return read;
};

export const simulationOf = (paths: number, seed = '7') => ({ terms: terms(), seed, paths });

/** Several seconds of work for two workers. */
export const LONG_PATHS = 1_000_000;
export const SHORT_PATHS = 20_000;

export const RESULTS = [-5000, 8000, -3000, 12000, -7000, 4000, 1000, -2000, 9000, -6000, 300, 2500];
export const validationOf = (resultCents: readonly number[] = RESULTS) => ({ resultCents, seed: '7', trials: 3 });
