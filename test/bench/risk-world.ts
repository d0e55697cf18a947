import type { Account } from '../../domain/account/account';
import { freshStanding } from '../../domain/account/standing';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { type AccountId, type AssessmentId, type InstrumentId, idOf, type UserId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { addUsd, ppm, price, qty, subUsd, type Usd, usd, ZERO_USD } from '../../domain/kernel/money';
import type { Quote } from '../../domain/market/book';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import { rules as storyRules } from '../adapters/cockroach/story';

/** The same numbers for the same seed, everywhere (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const START = instant(Date.UTC(2026, 2, 14, 12));
const INSTRUMENTS = 20;
const SINGLE_SHARE = 0.7;
const DEEP = qty(10n ** 14n);

const cents = (amount: number): Usd => usd(BigInt(Math.round(amount * 100)) * 10_000n);
const share = (percent: number) => ({ kind: 'share', share: ppm(BigInt(percent * 10_000)) }) as const;

const base: RuleSet = {
  ...storyRules,
  startingUsd: cents(100_000),
  target: { profitUsd: cents(10_000), counts: 'realized_flat', closesAll: false },
  maxLoss: { ...storyRules.maxLoss, mode: 'static', width: share(10), trails: 'equity', testedOn: 'equity' },
  dailyLoss: { anchor: 'balance', width: share(5), severity: 'fail', gainCapUsd: null },
  riskPerTrade: null,
  activity: { ...storyRules.activity, tradesMin: 0, daysMin: 0 },
  consistency: null,
  dayZone: 'UTC',
  dayResetAt: '00:00',
};

/** The rules on sale: most static, some that follow each price, some that pass by open profit. */
export const RULE_SETS: readonly RuleSet[] = [
  base,
  base,
  { ...base, maxLoss: { ...base.maxLoss, mode: 'trailing_eod' } },
  {
    ...base,
    riskPerTrade: {
      limitUsd: cents(2_000),
      severity: 'fail',
      stopWithinMs: null,
      stopSeverity: 'fail',
      stopCorrection: null,
    },
  },
  { ...base, maxLoss: { ...base.maxLoss, mode: 'trailing_intraday', width: share(6) } },
  { ...base, target: { profitUsd: cents(6_000), counts: 'equity', closesAll: false } },
  { ...base, dailyLoss: { anchor: 'peak', width: share(4), severity: 'fail', gainCapUsd: null } },
  { ...base, dailyLoss: null, touch: 'safe' },
];

/** A price walks in whole ticks of a hundredth of a basis point of where it began. */
type Market = { readonly id: InstrumentId; readonly tick: bigint; bid: bigint };

const marketsOf = (): Market[] =>
  Array.from({ length: INSTRUMENTS }, (_, at) => {
    const bid = BigInt(Math.round(90_000 / (1 + at) ** 1.5)) * 10n ** 8n;
    return { id: idOf<InstrumentId>(`M${at}-USD`), tick: bid / 1_000_000n, bid };
  });

/** Most hold the few big markets. */
const marketFor = (random: () => number): number => Math.floor(random() ** 2 * INSTRUMENTS);

export function accountAt(number: number, random: () => number, markets: readonly Market[] = marketsOf()) {
  const rules = RULE_SETS[number % RULE_SETS.length] as RuleSet;
  const count = random() < SINGLE_SHARE ? 1 : 3;
  const held = new Set<number>();
  while (held.size < count) held.add(marketFor(random));
  let cashUsd = rules.startingUsd;
  const positions = [...held]
    .sort((a, b) => ((markets[a] as Market).id < (markets[b] as Market).id ? -1 : 1))
    .map((at) => {
      const { id, bid } = markets[at] as Market;
      const direction = random() < 0.6 ? 1n : -1n;
      const exposure = BigInt(Math.round((20_000 + random() * 180_000) / count));
      const amount = qty((direction * exposure * 10n ** 16n) / bid);
      // The notional, rounded down: dollars have six decimals, price and quantity sixteen together.
      const costUsd = usd((amount * bid) / 10n ** 10n);
      cashUsd = subUsd(cashUsd, costUsd);
      return { instrument: id, qty: amount, costUsd, realizedUsd: ZERO_USD, feesUsd: ZERO_USD, openedAt: START };
    });
  // Some days old: a result so far, and a peak that is seldom the present equity.
  const before = cents((random() - 0.4) * 4_000);
  const peakUsd = addUsd(addUsd(rules.startingUsd, before), cents(random() ** 2 * 3_000));
  const highWaterUsd = peakUsd > rules.startingUsd ? peakUsd : rules.startingUsd;
  cashUsd = addUsd(cashUsd, before);
  const fresh = freshStanding(rules.startingUsd, plusMs(START, -3_600_000));
  const standing = { ...fresh, peaks: { ...fresh.peaks, highWaterUsd, dayPeakUsd: highWaterUsd } };
  const account: Account = {
    cashUsd,
    positions,
    tradesClosed: 0,
    day: '2026-03-14',
    dayAnchorUsd: rules.startingUsd,
    orders: [],
    standing,
  };
  return snapshotOf(number, rules, account);
}

/** Ids as long as real ones are. */
const uuid = (kind: string, number: number) => `${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const snapshotOf = (number: number, rules: RuleSet, account: Account): AccountSnapshot => ({
  accountId: idOf<AccountId>(uuid('01900000', number)),
  assessmentId: idOf<AssessmentId>(uuid('01900001', number)),
  userId: idOf<UserId>(uuid('01900002', number)),
  version: 7,
  status: 'active',
  rules,
  ruleSetVersion: 1,
  ruleSetHash: `hash-${RULE_SETS.indexOf(rules)}`,
  account,
  prior: undefined,
});

/** One quote of every market, then `count` more. `moveOf` answers by how many ticks the price of one moves. */
function tape(seed: number, count: number, moveOf: (random: () => number, at: number) => number): Quote[] {
  const random = seeded(seed);
  const markets = marketsOf();
  let at: Instant = START;
  const quotes: Quote[] = [];
  const say = (market: Market) => {
    at = plusMs(at, 1);
    const ask = market.bid + market.tick * 20n;
    quotes.push({
      instrument: market.id,
      venue: 'kraken',
      sequence: quotes.length + 1,
      venueProof: '',
      venueAt: at,
      receivedAt: at,
      bid: { price: price(market.bid), qty: DEEP },
      ask: { price: price(ask), qty: DEEP },
    });
  };
  for (const market of markets) say(market);
  for (let turn = 0; turn < count; turn++) {
    const market = markets[turn % INSTRUMENTS] as Market;
    const moved = market.bid + market.tick * BigInt(Math.round(moveOf(random, Math.floor(turn / INSTRUMENTS))));
    if (moved > 0n) market.bid = moved;
    say(market);
  }
  return quotes;
}

const gauss = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const BASIS_POINT = 100;
const QUIET = (random: () => number) => gauss(random) * BASIS_POINT * 0.1;

/** A minute of a quiet market: what a process that has just begun has to sort out is behind it. */
const WARM_ROUNDS = 100;
export const WARM_UP = INSTRUMENTS * (WARM_ROUNDS + 1);

const afterWarmUp = (seed: number, count: number, moveOf: (random: () => number, round: number) => number) =>
  tape(seed, WARM_UP - INSTRUMENTS + count, (random, round) =>
    round < WARM_ROUNDS ? QUIET(random) : moveOf(random, round - WARM_ROUNDS),
  );

/** A tenth of a basis point each tick: twenty ticks a second of each market move it a few per cent in a day. */
export const quietTape = (seed: number, count: number) => afterWarmUp(seed, count, QUIET);
/** Three basis points each tick: limits are reached, peaks are made all the time. At twelve, verdicts follow soon. */
export const busyTape = (seed: number, count: number, basisPoints = 3) =>
  afterWarmUp(seed, count, (random) => gauss(random) * BASIS_POINT * basisPoints);
/** Every market falls by 30 % in one tick. */
export const crashTape = (seed: number) => afterWarmUp(seed, INSTRUMENTS, () => -3_000 * BASIS_POINT);
/** Every market falls by 30 % in ten ticks, the markets in turns. */
export const slideTape = (seed: number) => afterWarmUp(seed, INSTRUMENTS * 10, () => -300 * BASIS_POINT);
/** A large step down and the way back and one tick more or less, again and again: around every edge in between. */
export const sawtoothTape = (seed: number, count: number) =>
  afterWarmUp(
    seed,
    count,
    (random, round) => (round % 2 === 0 ? -1 : 1) * (250 * BASIS_POINT + round * 40) + Math.round(random() * 2 - 1),
  );
