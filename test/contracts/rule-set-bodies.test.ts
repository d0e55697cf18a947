import { tierRoutes } from '../../contracts/http/purchases';
import { told } from './told';

const rules = {
  startingUsd: '10000',
  target: { profitUsd: '800', counts: 'realized_flat', closesAll: false },
  maxLoss: {
    mode: 'static',
    width: { kind: 'usd', usd: '1000' },
    trails: 'balance',
    testedOn: 'equity',
    lockUsd: null,
    payoutEffect: 'none',
  },
  dailyLoss: { anchor: 'balance', width: { kind: 'share', share: '0.05' }, severity: 'fail', gainCapUsd: null },
  riskPerTrade: null,
  openLoss: null,
  exposure: {
    leverageMax: 5,
    positionsMax: null,
    positionUsdMax: null,
    eventUsdMax: null,
    categoryUsdMax: null,
    netsOutcomes: false,
    allowsBothOutcomes: false,
    outcomePriceMin: '0.01',
    outcomePriceMax: '0.99',
    liquidityUsdMin: null,
    leverageOf: [{ instrument: 'SOL-USD', leverageMax: 2 }],
  },
  activity: {
    tradesMin: 5,
    tradeHeldMsMin: 0,
    daysMin: 0,
    dayCountsIf: 'opened',
    dayGainUsd: '0',
    inactivityDays: null,
    timeLimitDays: null,
    daySizeShareMin: '0',
    shortWins: 'count',
  },
  consistency: null,
  conduct: { weekend: 'allowed', news: null, hedgeSignalAfterMs: null, reverseSignalWithinMs: null, copySignal: null },
  execution: {
    restingFills: 'through',
    latencyMs: 0,
    liquidityShared: 'all',
    levelShareMax: '1',
    volumeShareMax: null,
  },
  touch: 'breach',
  touchMs: 1_000,
  dayZone: 'Europe/Prague',
  dayResetAt: '00:00',
};
const SPREAD = { shareMax: '0.5', of: 'net', per: 'day', severity: 'gate' };
const { activity, exposure, maxLoss, dailyLoss, conduct } = rules;

test.each<[string, object, string]>([
  ['sound rules', {}, 'ok'],
  ['no target', { target: null }, 'ok'],
  ['the last minute', { dayResetAt: '23:59' }, 'ok'],
  ['no such hour', { dayResetAt: '24:00' }, 'dayResetAt'],
  ['one digit', { dayResetAt: '9:00' }, 'dayResetAt'],
  ['half a trade', { activity: { ...activity, tradesMin: 2.5 } }, 'activity.tradesMin'],
  ['fewer than no trades', { activity: { ...activity, tradesMin: -1 } }, 'activity.tradesMin'],
  ['a day by its size', { activity: { ...activity, dayCountsIf: 'size', daySizeShareMin: '0.7' } }, 'ok'],
  ['wins that were short', { activity: { ...activity, shortWins: 'excluded' } }, 'ok'],
  ['wins that are halved', { activity: { ...activity, shortWins: 'half' } }, 'activity.shortWins'],
  ['a day by its mood', { activity: { ...activity, dayCountsIf: 'mood' } }, 'activity.dayCountsIf'],
  ['a best trade that fails', { consistency: { ...SPREAD, per: 'trade', severity: 'fail' } }, 'ok'],
  ['a best week', { consistency: { ...SPREAD, per: 'week' } }, 'consistency.per'],
  ['a share that pauses', { consistency: { ...SPREAD, severity: 'pause' } }, 'consistency.severity'],
  ['no days of a limit', { activity: { ...activity, timeLimitDays: 0 } }, 'activity.timeLimitDays'],
  ['no leverage', { exposure: { ...exposure, leverageMax: 0 } }, 'exposure.leverageMax'],
  [
    'a twentieth of one',
    { exposure: { ...exposure, leverageOf: [{ instrument: 'SOL-USD', leverageMax: 0.05 }] } },
    'exposure.leverageOf.0.leverageMax',
  ],
  ['too much of it', { exposure: { ...exposure, leverageMax: 101 } }, 'exposure.leverageMax'],
  ['copies that count', { conduct: { ...conduct, copySignal: { withinMs: 500, times: 5 } } }, 'ok'],
  ['copies without a number', { conduct: { ...conduct, copySignal: { withinMs: 500 } } }, 'conduct.copySignal.times'],
  [
    'reversals within half a millisecond',
    { conduct: { ...conduct, reverseSignalWithinMs: 0.5 } },
    'conduct.reverseSignalWithinMs',
  ],
  ['a number for money', { maxLoss: { ...maxLoss, lockUsd: 10_000 } }, 'maxLoss.lockUsd'],
  [
    'a width of two kinds',
    { dailyLoss: { ...dailyLoss, width: { kind: 'usd', share: '0.05' } } },
    'dailyLoss.width.usd dailyLoss.width',
  ],
  ['a mode of tomorrow', { maxLoss: { ...maxLoss, mode: 'weekly' } }, 'maxLoss.mode'],
  ['a rule of tomorrow', { trailingUsd: '1' }, ''],
])('publishing %s: %j is told %s', (_, change, fields) => {
  const phases = [{ name: 'Evaluation', rules: { ...rules, ...change } }];
  const body = { name: 'Sprint', priceUsd: '89', phases, retries: 0, resetPriceUsd: null };
  const verdict = fields
    .split(' ')
    .map((field) => `phases.0.rules${field && `.${field}`}`)
    .join(' ');
  expect(told(tierRoutes.publishTier.body, body)).toBe(fields === 'ok' ? 'ok' : verdict);
});
