import type { Sabotage } from './sabotage';
import { simulate } from './simulate';

const SEEDS = 200;
const BATCH = 50;
const batches = Array.from({ length: SEEDS / BATCH }, (_, at) => at * BATCH + 1);

/** Goal: whatever happens in whatever order, the oracles hold once the system has come to rest. */
test.each(batches)('from seed %i on: nothing lost, nothing doubled, no verdict missed', async (first) => {
  const seen = { fills: 0, failed: 0, crashes: 0, corrections: 0 };
  for (let seed = first; seed < first + BATCH; seed++) {
    const run = await simulate(seed);
    expect({ seed, findings: run.findings }).toEqual({ seed, findings: [] });
    seen.fills += run.seen.fills;
    seen.failed += run.seen.failed;
    seen.crashes += run.seen.crashes;
    seen.corrections += run.seen.corrections;
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

/** Rare things come late among the seeds, and not every machine is idle. */
const RARE_TIMEOUT_MS = 300_000;
const RARE = [
  'tooLargeShares',
  'openLosses',
  'openLossWarnings',
  'stopCorrections',
  'releases',
  'cancelledByHolds',
  'shortWins',
  'daysBySize',
  'growths',
  'delistedCoins',
  'payoutsTaken',
] as const;

/** Goal: the rules that few tiers have do something in the runs that the oracles look at. */
test.each(RARE)(
  'some run sees %s',
  async (rare) => {
    let seen = 0;
    for (let seed = 1; seed <= 2 * SEEDS && seen === 0; seed++) seen = (await simulate(seed)).seen[rare];
    expect(seen).toBeGreaterThan(0);
  },
  RARE_TIMEOUT_MS,
);

test('the same seed is the same run, step by step', async () => {
  expect((await simulate(7)).trace).toEqual((await simulate(7)).trace);
});

const GUARANTEES: readonly Exclude<Sabotage, 'none'>[] = [
  'version_guard',
  'order_ids',
  'events',
  'outbox',
  'inbox',
  'engine',
  'progress',
  'payouts',
  'remembered',
  'signals',
  'holds',
  'taken',
  'delisting',
  'shield',
  'caps',
  'payout_rules',
];

/** Who needs the shield, and lives by it, is rare: the first seeds have nobody. */
const SHIELDED_FROM = 501;

/** Goal: the oracles are not blind: without a guarantee one of some runs is found at fault. */
test.each(GUARANTEES)(
  'without the %s a run is found at fault',
  async (guarantee) => {
    const findings: string[] = [];
    const first = guarantee === 'shield' ? SHIELDED_FROM : 1;
    for (let seed = first; seed < first + SEEDS && findings.length === 0; seed++) {
      findings.push(...(await simulate(seed, guarantee)).findings);
    }
    expect(findings.length).toBeGreaterThan(0);
  },
  RARE_TIMEOUT_MS,
);
