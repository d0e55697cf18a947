import fc from 'fast-check';
import { type Instant, instant } from '../../../../domain/kernel/instant';
import { price, qty } from '../../../../domain/kernel/money';
import type { CandlePart } from '../../../../domain/market/candles/candle';
import { CandleMaker } from '../../../../domain/market/candles/candle-maker';
import { bucketsOf, candleOf, folded } from '../../../../domain/market/candles/folding';
import { bucketAt, RESOLUTIONS, type Resolution } from '../../../../domain/market/candles/resolution';
import { shown } from './candle-story';

const START = Date.UTC(2028, 1, 29, 23, 57);

type Step =
  | { readonly kind: 'mid'; readonly value: bigint }
  | { readonly kind: 'lost' }
  | { readonly kind: 'trade'; readonly value: bigint; readonly lateMs: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: 1n, max: 1_000n }).map((value): Step => ({ kind: 'mid', value })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'lost' }) },
  {
    weight: 3,
    arbitrary: fc
      .record({ value: fc.bigInt({ min: 1n, max: 99n }), lateMs: fc.integer({ min: -5_000, max: 120_000 }) })
      .map((trade): Step => ({ kind: 'trade', ...trade })),
  },
);
/** Most steps come within seconds; some at the very boundary of a bucket, some after a silence. */
const pauseMs = fc.oneof(
  fc.integer({ min: 0, max: 4_999 }),
  fc.constantFrom('second', 'minute', 'five').map((to) => ({ second: -1, minute: -2, five: -3 })[to] ?? 0),
  fc.integer({ min: 5_001, max: 90_000 }),
);
const UNITS: Readonly<Record<string, number>> = { '-1': 1_000, '-2': 60_000, '-3': 300_000 };
const steps = fc.array(fc.tuple(pauseMs, step), { minLength: 1, maxLength: 120 });

type Made = ReadonlyMap<Resolution, readonly CandlePart[]>;

function made(path: readonly (readonly [number, Step])[], drainEvery: number): Made {
  const maker = new CandleMaker(RESOLUTIONS);
  const latest = new Map<string, readonly [Resolution, CandlePart]>();
  const drain = () => {
    for (const { resolution, part } of maker.changed()) latest.set(`${resolution} ${part.at}`, [resolution, part]);
  };
  let now = START;
  for (const [index, [pause, what]] of path.entries()) {
    const unit = UNITS[`${pause}`];
    const next = unit ? (Math.floor(now / unit) + 1) * unit : now + pause;
    // To a boundary somebody watches; a pause of more than five seconds nobody does.
    if (unit) for (let at = now + 4_000; at < next; at += 4_000) maker.pass(instant(at));
    now = next;
    if (what.kind === 'mid') maker.take(price(what.value), instant(now));
    else if (what.kind === 'lost') maker.lose(instant(now));
    else maker.trade(qty(what.value), instant(now - what.lateMs), instant(now));
    if (index % drainEvery === 0) drain();
  }
  drain();
  return new Map(
    RESOLUTIONS.map((each) => [each, [...latest.values()].filter(([of]) => of === each).map(([, part]) => part)]),
  );
}

const partsOf = (all: Made, resolution: Resolution) => bucketsOf(all.get(resolution) ?? []);
const plain = (folds: readonly Parameters<typeof candleOf>[0][]) =>
  folds.map((fold) => ({ at: fold.at, volume: fold.volume, trades: fold.trades, candle: candleOf(fold) }));

test.each`
  fine    | coarse
  ${'1s'} | ${'1m'}
  ${'1m'} | ${'5m'}
  ${'1m'} | ${'15m'}
  ${'1m'} | ${'1h'}
  ${'1s'} | ${'1h'}
  ${'1h'} | ${'4h'}
  ${'1h'} | ${'1d'}
`('$coarse made of the ticks is $coarse made of $fine, whatever comes late', ({ fine, coarse }) => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 20 }), (path, drainEvery) => {
      const all = made(path, drainEvery);
      const buckets = partsOf(all, fine);
      const over = partsOf(all, coarse);
      // The bucket that is still open is whole in neither.
      expect(plain(folded(buckets, fine, coarse))).toEqual(plain(over));
    }),
    { numRuns: 150 },
  );
});

test('the order in which late trades come is irrelevant', () => {
  const trade = fc.record({ value: fc.bigInt({ min: 1n, max: 99n }), backMs: fc.integer({ min: 0, max: 110_000 }) });
  fc.assert(
    fc.property(fc.array(trade, { minLength: 2, maxLength: 30 }), fc.infiniteStream(fc.nat()), (trades, order) => {
      const now = instant(START + 200_000);
      const told = (those: typeof trades) => {
        const maker = new CandleMaker(['1m', '5m']);
        maker.take(price(7n), now);
        for (const { value, backMs } of those) maker.trade(qty(value), instant(now - backMs), now);
        return maker
          .changed()
          .map(({ resolution, part }) => ({ resolution, part }))
          .sort((a, b) => a.part.at - b.part.at || a.resolution.localeCompare(b.resolution));
      };
      const shuffled = trades.map((each) => [order.next().value, each] as const).sort(([a], [b]) => a - b);
      expect(told(shuffled.map(([, each]) => each))).toEqual(told(trades));
    }),
  );
});

describe('the parts of one bucket', () => {
  const at = bucketAt(instant(START), '1m');
  const part = (
    open: number,
    close: number,
    more: Partial<CandlePart> = {},
    fromMs = 0,
    toMs = 59_000,
  ): CandlePart => ({
    at,
    source: 'mark',
    prices: {
      open: price(BigInt(open) * 10n ** 8n),
      high: price(BigInt(Math.max(open, close)) * 10n ** 8n),
      low: price(BigInt(Math.min(open, close)) * 10n ** 8n),
      close: price(BigInt(close) * 10n ** 8n),
      openAt: instant(at + fromMs) as Instant,
      closeAt: instant(at + toMs) as Instant,
    },
    volume: qty(10n ** 8n),
    trades: 1,
    isWhole: false,
    ...more,
  });
  const onlyTrades = (more: Partial<CandlePart> = {}): CandlePart => ({ ...part(1, 1), prices: null, ...more });

  test.each`
    story                                                     | parts                                                                                              | bucket
    ${'a restart: both runs count, in the order of time'}     | ${[part(103, 101, {}, 31_000), part(100, 99, {}, 0, 29_000)]}                                      | ${['23:57 100 103 99 101 v2']}
    ${'a restart: it is not whole even where one says so'}    | ${[part(100, 99, { isWhole: true }), part(103, 101, {}, 31_000, 59_500)]}                          | ${['23:57 100 103 99 101 v2']}
    ${'a run that heard of a late trade alone adds it'}       | ${[part(100, 99, { isWhole: true }), onlyTrades()]}                                                | ${['23:57 100 100 99 99 v2 whole']}
    ${'the mark’s whole minute stands against the venue’s'}   | ${[part(100, 99, { isWhole: true }), part(50, 51, { source: 'venue', isWhole: true })]}            | ${['23:57 100 100 99 99 v1 whole']}
    ${'the venue’s takes the place of one that is not whole'} | ${[part(100, 99), part(103, 104), part(50, 51, { source: 'venue', isWhole: true, volume: null })]} | ${['23:57 50 51 50 51 v? whole']}
    ${'trades without a price are not shown'}                 | ${[onlyTrades()]}                                                                                  | ${[]}
  `('$story', ({ parts, bucket }) => {
    expect(shown(parts)).toEqual(bucket);
    expect(shown([...parts].reverse())).toEqual(bucket);
  });

  test('a fold says of which sources it is, and that half a volume is none', () => {
    const five = (...sources: readonly CandlePart['source'][]) =>
      folded(
        sources.map((source, minute) => ({
          ...part(1, 1, { source, isWhole: true, volume: source === 'venue' ? null : qty(5n) }),
          at: instant(bucketAt(at, '5m') + minute * 60_000),
        })),
        '1m',
        '5m',
      ).map(({ source, volume, isWhole }) => `${source} ${volume} ${isWhole}`);
    expect(five('mark', 'mark', 'mark', 'mark', 'mark')).toEqual(['mark 25 true']);
    expect(five('venue', 'mark', 'mark', 'mark', 'mark')).toEqual(['mixed null true']);
    expect(five('venue', 'venue', 'venue', 'venue')).toEqual(['venue null false']);
  });
});
