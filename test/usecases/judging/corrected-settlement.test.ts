import fc from 'fast-check';
import type { Standing } from '../../../domain/account/standing/standing';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { ppm } from '../../../domain/kernel/money';
import type { Payout } from '../../../domain/market/instrument';
import { settleOutcome } from '../../../usecases/judging/settle-outcome';
import { memorySettling } from '../../fakes/memory-settling';
import { openTrading, priceOf, rain } from '../../fixtures/open-trading';
import { bitcoin, dollars, rules } from '../../fixtures/stored-account';

const SNOW = { ...rain, id: idOf<InstrumentId>('PM-snow-YES'), venueSymbol: '1003' };
const OUTCOMES = { rain: rain.id, snow: SNOW.id } as const;
type Outcome = keyof typeof OUTCOMES;

type Step =
  | { readonly kind: 'trade'; readonly side: 'buy' | 'sell'; readonly price: number }
  | { readonly kind: 'judge'; readonly price: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'settle'; readonly outcome: Outcome };

type Story = { readonly steps: readonly Step[]; readonly corrections: readonly Outcome[] };
type Payouts = Readonly<Record<Outcome, Payout>>;

const btcPrice = fc.integer({ min: 55_000, max: 65_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('trade' as const), side: fc.constantFrom('buy', 'sell'), price: btcPrice }),
  fc.record({ kind: fc.constant('judge' as const), price: btcPrice }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
);
const settling = (outcome: Outcome) => fc.constant<Step>({ kind: 'settle', outcome });
const some = fc.array(step, { maxLength: 5 });

const story: fc.Arbitrary<Story> = fc.record({
  steps: fc.tuple(some, settling('rain'), some, settling('snow'), some).map((parts) => parts.flat()),
  corrections: fc.constantFrom<readonly Outcome[]>(['rain', 'snow'], ['snow', 'rain']),
});

const payout: fc.Arbitrary<Payout> = fc.oneof(
  fc.constantFrom('0', '0.3', '0.5', '1').map((text): Payout => ({ kind: 'pays', price: priceOf(text) })),
  fc.constant<Payout>({ kind: 'void' }),
);
const payouts: fc.Arbitrary<Payouts> = fc.record({ rain: payout, snow: payout });

/** Limits that nothing here reaches, for a verdict or a pause is not taken back. */
const roomy: fc.Arbitrary<Partial<RuleSet>> = fc
  .record({
    mode: fc.constantFrom('static', 'trailing_eod', 'trailing_closed', 'trailing_intraday'),
    trails: fc.constantFrom('balance', 'equity', 'higher'),
    anchor: fc.constantFrom('initial', 'balance', 'equity', 'higher', 'peak'),
    dayCountsIf: fc.constantFrom('opened', 'closed', 'gain'),
  } as const)
  .map(({ mode, trails, anchor, dayCountsIf }): Partial<RuleSet> => {
    const width = { kind: 'share', share: ppm(900_000n) } as const;
    return {
      target: null,
      riskPerTrade: null,
      maxLoss: { ...rules.maxLoss, mode, trails, width },
      dailyLoss: { anchor, width, severity: 'fail', gainCapUsd: null },
      activity: { ...rules.activity, dayCountsIf, dayGainUsd: dollars(100) },
    };
  });

/** Plays a story in which outcomes pay `first`; what they should have paid is told at its end, and nothing after it. */
async function played(changes: Partial<RuleSet>, { steps, corrections }: Story, first: Payouts, right: Payouts) {
  const trading = await openTrading(changes);
  trading.catalogue.set(SNOW.id, SNOW);
  const settle = settleOutcome({ ...trading.parts, ...memorySettling(trading.world) });
  const pay = (outcome: Outcome, what: Payout) =>
    settle({ ...trading.command, instrument: OUTCOMES[outcome], payout: what });
  let price = 60_000;
  const show = () => {
    for (const id of Object.values(OUTCOMES)) trading.quote(id, '0.39', '0.40');
    trading.quote(bitcoin.id, `${price}`, `${price}`);
  };
  show();
  for (const instrument of Object.values(OUTCOMES)) await trading.order('buy', '1000', { instrument });
  for (const each of steps) {
    trading.later(1_000);
    if (each.kind === 'wait') trading.later(each.hours * 3_600_000);
    if (each.kind === 'trade' || each.kind === 'judge') price = each.price;
    show();
    if (each.kind === 'trade') await trading.order(each.side, '0.1');
    if (each.kind === 'settle') await pay(each.outcome, first[each.outcome]);
    await trading.judge();
  }
  for (const outcome of corrections) await pay(outcome, right[outcome]);
  const { account, status } = await trading.snapshot();
  expect(status).toBe('active');
  return account;
}

const isNoMore = (right: Payout, first: Payout) => worth(right) <= worth(first);
const worth = (paid: Payout) => (paid.kind === 'void' ? priceOf('0.4') : paid.price);
/** When prices last raised a peak is a fact of the past, which no correction alters. */
const lastingOf = (standing: Standing) => ({ ...standing, peaks: { ...standing.peaks, at: undefined } });
const withoutPeaks = (standing: Standing) => ({ ...standing, peaks: undefined });

/**
 * Goal: two accounts live through the same; one is paid rightly at once, the other wrongly and corrected at the end.
 * They remember the same, but for a peak of equity after a payout that was too low: it may be lower, never higher.
 */
test('after a correction an account remembers what it would have, had it been paid rightly at once', async () => {
  await fc.assert(
    fc.asyncProperty(roomy, story, payouts, payouts, async (changes, told, first, right) => {
      const [corrected, rightly] = [
        await played(changes, told, first, right),
        await played(changes, told, right, right),
      ];
      const { standing: expected, ...money } = rightly;
      expect({ ...corrected, standing: undefined }).toEqual({ ...money, standing: undefined });
      expect(withoutPeaks(corrected.standing)).toEqual(withoutPeaks(expected));
      const { maxLoss } = changes;
      const isTold =
        maxLoss?.mode === 'trailing_closed' || (maxLoss?.mode !== 'trailing_intraday' && maxLoss?.trails === 'balance');
      const isLess = isNoMore(right.rain, first.rain) && isNoMore(right.snow, first.snow);
      if (isTold || isLess) expect(corrected.standing.peaks.highWaterUsd).toBe(expected.peaks.highWaterUsd);
      if (isLess) expect(corrected.standing.peaks.dayPeakUsd).toBe(expected.peaks.dayPeakUsd);
      expect(corrected.standing.peaks.highWaterUsd <= expected.peaks.highWaterUsd).toBe(true);
      expect(corrected.standing.peaks.dayPeakUsd <= expected.peaks.dayPeakUsd).toBe(true);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('with nothing in between it remembers exactly the same, whatever was paid first', async () => {
  const nothing = fc.constantFrom<Story>(
    { steps: [{ kind: 'settle', outcome: 'rain' }], corrections: ['rain'] },
    {
      steps: [
        { kind: 'trade', side: 'buy', price: 59_000 },
        { kind: 'settle', outcome: 'rain' },
      ],
      corrections: ['rain'],
    },
  );
  await fc.assert(
    fc.asyncProperty(roomy, nothing, payouts, payouts, async (changes, told, first, right) => {
      const [corrected, rightly] = [
        await played(changes, told, first, right),
        await played(changes, told, right, right),
      ];
      expect({ ...corrected, standing: lastingOf(corrected.standing) }).toEqual({
        ...rightly,
        standing: lastingOf(rightly.standing),
      });
    }),
    { numRuns: 100 },
  );
}, 60_000);
