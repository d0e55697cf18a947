import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { ppmText, usdText } from '../../contracts/decimal';
import { ruleSet } from '../../contracts/rule-set';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { StudyId } from '../../domain/kernel/ids';
import { kernelTerms, termsText } from '../../domain/simulation/kernel-terms';
import { simulationOf } from '../../domain/simulation/simulation';
import { DEMO_USERS } from '../../local/demo-users';
import { kernelFolder } from '../../local/install/kernel-python';
import { systemClock } from '../../runtime/edge';
import { oddsStrategy } from '../../usecases/simulation/compose-strategy';
import { startPlatform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';
import { median } from './median';

const [PATHS, DAYS, TRADES_PER_DAY, ROUNDS] = [100_000, 25, 10, 5] as const;
/** So little is risked that no path ends early: all of their steps are played. */
const TRADER = {
  winRate: ppmText.decode('0.5'),
  riskUsd: usdText.decode('5'),
  payoff: ppmText.decode('1'),
  tradesPerDay: TRADES_PER_DAY,
  heldMinutes: 30,
  restsOnWeekends: false,
};

/**
 * Seconds from a study of 100,000 paths × 250 trades being asked for to its odds being read: through the API, the
 * database, Kafka and Ray with two workers on a platform of its own. And the share of that in which the kernel's work,
 * as one process does it alone, split between two, was not what took the time.
 */
export async function wholeRequest(root: string, python: string, rules: RuleSet): Promise<Record<string, number>> {
  const platform = await startPlatform(['--ray']);
  try {
    const [, admin] = DEMO_USERS;
    const desk = new Trader(platform);
    const signedIn = await desk.call('POST', '/auth/login', { email: admin.email, password: admin.password });
    desk.accessToken = signedIn.body.accessToken;
    const seconds: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const took = await secondsOf(desk, rules, uuidv7() as StudyId);
      // Processes that are asked for the first time have files to read.
      if (round > 0) seconds.push(took);
    }
    const requestSeconds = median(seconds);
    const kernelSeconds = aloneSeconds(root, python, rules);
    return { requestSeconds, kernelSeconds, outsideShare: 1 - kernelSeconds / 2 / requestSeconds };
  } finally {
    await platform.stop();
  }
}

async function secondsOf(desk: Trader, rules: RuleSet, studyId: StudyId): Promise<number> {
  const { winRate, riskUsd, payoff, ...shape } = TRADER;
  const named = {
    winRate: ppmText.encode(winRate),
    riskUsd: usdText.encode(riskUsd),
    payoff: ppmText.encode(payoff),
    ...shape,
  };
  const began = performance.now();
  // Its id gives the seed, so that none answers for another.
  const asked = await desk.call('POST', '/admin/studies', {
    studyId,
    days: DAYS,
    paths: PATHS,
    rules: ruleSet.encode(rules),
    traders: { kind: 'mix', strategies: [{ weight: '1', strategy: named }] },
    priceUsd: '100',
    payoutUsd: '1000',
    seed: `${began.toFixed(0)}`,
  });
  if (asked.status !== 202) throw new Error(`not asked: ${asked.status} ${JSON.stringify(asked.body)}`);
  await eventually('the odds', async () => {
    const { body } = await desk.call('GET', `/studies/${studyId}`);
    if (body.status === 'failed') throw new Error(`the study failed: ${body.failure}`);
    return body.status === 'completed' ? body : undefined;
  });
  return (performance.now() - began) / 1_000;
}

function aloneSeconds(root: string, python: string, rules: RuleSet): number {
  const strategy = oddsStrategy(TRADER);
  if (!strategy.ok) throw new Error(strategy.refusal);
  const at = systemClock.now();
  const simulation = simulationOf({ rules, strategy: strategy.value, at, days: DAYS, account: null, worstDay: null });
  if (!simulation.ok) throw new Error(simulation.refusal);
  const input = `{"terms":${termsText(kernelTerms(simulation.value))},"seed":"1","paths":${PATHS}}`;
  return Number(execFileSync(join(python, 'python'), ['-m', 'bench.alone'], { cwd: kernelFolder(root), input }));
}
