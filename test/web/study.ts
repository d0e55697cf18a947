import type { Odds, Study } from '../../web/lib/contract';
import type { Chance } from '../../web/lib/odds/chances';

/** Shared shapes of the web's unit tests: a study of one assessment, completed. */
export const chance = (share: string, low: string, high: string): Chance => ({ share, low, high });

const PASSED = chance('0.41', '0.38', '0.44');
const FAILED = chance('0.5', '0.47', '0.53');
const OPEN = chance('0.09', '0.08', '0.11');

export const odds = (over: Partial<Odds> = {}): Odds => ({
  version: 1,
  seed: '18446744073709551615',
  paths: 1_000,
  days: 60,
  startingUsd: '10000',
  beganUsd: '10120.5',
  targetUsd: '11000',
  drawnFrom: 34,
  passed: PASSED,
  failed: FAILED,
  open: OPEN,
  ends: [
    { outcome: 'passed', rule: null, day: 3, paths: 410 },
    { outcome: 'failed', rule: 'max_drawdown', day: 2, paths: 380 },
    { outcome: 'failed', rule: 'daily_loss', day: 2, paths: 120 },
    { outcome: 'open', rule: null, day: 60, paths: 90 },
  ],
  expectedDays: '12.5',
  valueAtRiskUsd: '1000',
  conditionalValueAtRiskUsd: '1000',
  ruin: chance('0.38', '0.35', '0.41'),
  fan: [{ p5: '9800', p25: '9990', p50: '10150', p75: '10300', p95: '10500' }],
  drawdowns: [
    { upToUsd: '500', paths: 400 },
    { upToUsd: '1000', paths: 600 },
  ],
  underWaterDays: [
    { days: 0, paths: 100 },
    { days: 2, paths: 900 },
  ],
  sizes: [
    { size: '0.5', passed: chance('0.5', '0.47', '0.53'), failed: FAILED, open: OPEN, medianUsd: '10400' },
    { size: '1', passed: PASSED, failed: FAILED, open: OPEN, medianUsd: '10200' },
  ],
  safeSize: '0.35',
  scenarios: [{ name: 'double_size', passed: PASSED, failed: FAILED, open: OPEN, medianUsd: '-12.5' }],
  validation: {
    trades: 34,
    trials: 3,
    meanBlock: 2,
    pValue: '0.21',
    meanUsd: '12.4',
    meanLowUsd: '-18.2',
    meanHighUsd: '43.1',
    finalLowUsd: '-619',
    finalMedianUsd: '421',
    finalHighUsd: '1465',
    drawdownMedianUsd: '380',
    drawdownHighUsd: '910',
    sharpe: '0.14',
    deflatedSharpe: '0.33',
    finding: 'luck',
  },
  firm: null,
  ...over,
});

export const study = (over: Partial<Study> = {}): Study => ({
  studyId: '0190a000-0000-7000-8000-0000000000c1',
  scope: 'everything',
  subject: { kind: 'assessment', assessmentId: '0190a000-0000-7000-8000-0000000000a1' },
  tierName: 'Sprint 10K',
  trades: 'own',
  status: 'completed',
  failure: null,
  done: 1_000,
  of: 1_000,
  requestedAt: 1_700_000_000_000,
  endedAt: 1_700_000_009_000,
  odds: odds(),
  ...over,
});
