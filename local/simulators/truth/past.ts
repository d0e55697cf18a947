import type { PricePath } from './candle-path';
import type { Listing } from './listing';
import { PricePaths } from './price-path';
import { SeededRandom } from './random';

/** Taken once: where tests run, a look at a global costs more than the sum itself. */
const { exp, floor, max, min, round, sqrt } = Math;

/** One minute in ticks; the volume is counted in the listing's smallest size. */
export type PastCandle = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly trades: number;
};

/** So many minutes there are before the beginning: more than a week. */
export const PAST_MINUTES = 8 * 1_440;
const SAMPLES = 4;
/** The past has a story of its own, whatever is drawn for the future. */
const STREAMS = { prices: 0x9e37, volumes: 0x79b9 } as const;
/** A trade takes this share of a level on average. */
const TRADE_SHARE = 0.07;
const FIELDS = 6;

/**
 * What every market did before the beginning, minute by minute, so that it ends where the beginning starts. It is told
 * backwards from there: walks, pegs and martingales look alike both ways. A replayed tape's own minutes are taken as
 * they are.
 */
export class Past {
  private readonly candles: ReadonlyMap<string, Float64Array>;

  constructor(listings: readonly Listing[], seed: number, replay?: PricePath) {
    this.candles = new Map(listings.map(({ id }) => [id, new Float64Array(PAST_MINUTES * FIELDS)]));
    const paths = new PricePaths(listings, new SeededRandom(seed ^ STREAMS.prices), replay && backwards(replay));
    const volumes = new SeededRandom(seed ^ STREAMS.volumes);
    const leader = listings.find(({ kind }) => kind === 'spot')?.id;
    for (let minute = 0; minute < PAST_MINUTES; minute++) {
      const seen = new Map(listings.map(({ id }) => [id, [paths.mid(id)]]));
      for (let sample = 0; sample < SAMPLES; sample++) {
        paths.step(60 / SAMPLES, () => 1);
        for (const { id } of listings) seen.get(id)?.push(paths.mid(id));
      }
      for (const listing of listings) {
        const told = listing.id === leader ? replay?.candleBefore(minute) : undefined;
        const prices = seen.get(listing.id) ?? [];
        const taped = told && [told.close, told.low, told.high, told.open];
        this.candles.get(listing.id)?.set(candleOf(listing, taped ?? prices, volumes), minute * FIELDS);
      }
    }
  }

  /** The candle of the minute that ended so many minutes before the beginning: 0 is the one right before it. */
  candle(id: string, minutes: number): PastCandle | undefined {
    const all = this.candles.get(id);
    if (!all || minutes < 0 || minutes >= PAST_MINUTES) return undefined;
    const field = (at: number): number => all[minutes * FIELDS + at] ?? 0;
    return { open: field(0), high: field(1), low: field(2), close: field(3), volume: field(4), trades: field(5) };
  }
}

const backwards = ({ priceAt }: PricePath): PricePath => ({
  priceAt: (second) => priceAt(-second),
  candleBefore: () => undefined,
});

/** The latest price comes first. */
function candleOf(listing: Listing, prices: readonly number[], random: SeededRandom): readonly number[] {
  const { priceDecimals, qtyDecimals, size, tradesPerSecond } = listing;
  // The tenth of a millionth keeps 60000 / 0.1 from landing just under 600000.
  const ticks = prices.map((price) => max(1, floor(price * 10 ** priceDecimals + 1e-7)));
  const expected = 60 * tradesPerSecond * exp(0.4 * random.normal() - 0.08);
  const trades = max(1, round(expected + sqrt(expected) * random.normal()));
  const one = TRADE_SHARE * ((size[0] + size[1]) / 2) * 10 ** qtyDecimals;
  const volume = round(trades * one * exp(0.3 * random.normal()));
  return [ticks.at(-1) ?? 1, max(...ticks), min(...ticks), ticks[0] ?? 1, volume, trades];
}
