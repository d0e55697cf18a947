import type { OrderId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { formatUsd, price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { cornersOf } from '../../../local/candles/corners';
import type { CandleFile } from '../../../local/candles/read-candles';
import { SeededRandom } from '../../../local/simulators/truth/random';
import { uuidIds } from '../../../runtime/edge';
import type { BookSource } from '../../../usecases/ports/market-data/market-data';
import { closePosition } from '../../../usecases/trading/close-positions';
import { placeOrder } from '../../../usecases/trading/place-order';
import { heldAtOnce } from '../../fakes/held-books';
import { ToldBooks } from '../../fakes/told-books';
import { market, openTrading, qtyOf } from '../../fixtures/open-trading';
import { bitcoin, NOW } from '../../fixtures/stored-account';
import { free } from '../../fixtures/trading-story';
import type { Sabotage } from '../sabotage';

/** What is true at the venue from then on, in dollars. */
export type Moment = { readonly at: Instant; readonly mid: number };

export type SniperOptions = {
  /** How much later than it happens the desk hears of it. */
  readonly lagMs: number;
  /** How long a position is held. */
  readonly holdMs: number;
  readonly sabotage?: Sabotage;
};

export type Sniped = { readonly profitUsd: number; readonly filled: number; readonly unconfirmed: number };

const HALF_SPREAD = 0.000_05;
/** The desk is told of the book so often, and for so long after a move: then nothing waits any more. */
const FRAME_MS = 250;
const TOLD_FOR_MS = 9_000;
const TICKS_PER_DOLLAR = 10;
const DEEP = qty(10n ** 14n);
const REACTS_MS = 10;

/**
 * Sees the venue itself, while the desk hears of it later, and orders whenever the desk's book lies further than `edge`
 * behind the truth; closes a little later. Fees are none, so that only the spread is lost.
 */
export async function snipe(truth: readonly Moment[], edge: number, options: SniperOptions): Promise<Sniped> {
  const { lagMs, holdMs, sabotage = 'none' } = options;
  const trading = await openTrading({ maxLoss: WIDE, dailyLoss: null, riskPerTrade: null });
  trading.catalogue.set(bitcoin.id, free(bitcoin));
  const told = new ToldBooks(framesOf(truth, lagMs), truth[0]?.at ?? NOW);
  const books: BookSource = sabotage === 'confirmation' ? heldAtOnce(told.current) : told;
  const parts = { ...trading.parts, books, clock: { now: told.now } };
  const counted = { filled: 0, unconfirmed: 0 };
  const begun = (await trading.snapshot()).account.cashUsd;
  for (const { at, mid } of truth) {
    if (plusMs(at, REACTS_MS) < told.now()) continue;
    told.passTo(plusMs(at, REACTS_MS));
    const shown = midOf((await told.current([bitcoin.id])).get(bitcoin.id));
    if (shown === undefined || Math.abs(mid / shown - 1) < edge) continue;
    const ticket = { ...market(mid > shown ? 'buy' : 'sell', '0.01'), qty: qtyOf('0.01') };
    const answer = await placeOrder(parts)({ ...trading.command, ticket });
    if (answer.ok) counted.filled += 1;
    else counted.unconfirmed += answer.refusal === 'price_unconfirmed' ? 1 : 0;
    told.passTo(plusMs(told.now(), holdMs));
    await closed();
  }
  const { account } = await trading.snapshot();
  return { ...counted, profitUsd: Number(formatUsd(account.cashUsd)) - Number(formatUsd(begun)) };

  /** Asked again until the venue has confirmed a price. */
  async function closed(): Promise<void> {
    for (let times = 0; times < 20 && (await trading.snapshot()).account.positions.length > 0; times++) {
      const orderId = uuidIds.next<OrderId>();
      await closePosition(parts)({ ...trading.command, instrument: bitcoin.id, orderId });
    }
  }
}

const WIDE = {
  mode: 'static',
  width: { kind: 'share', share: 900_000n as never },
  trails: 'balance',
  testedOn: 'equity',
  lockUsd: null,
  payoutEffect: 'none',
} as const;

/** Each move as it is told, and then the same state again and again, each time known to hold until a moment ago. */
function framesOf(truth: readonly Moment[], lagMs: number): readonly Book[] {
  const books: Book[] = [];
  for (const [index, { at, mid }] of truth.entries()) {
    const until = Math.min(truth[index + 1]?.at ?? Number.POSITIVE_INFINITY, at + TOLD_FOR_MS);
    for (let madeAt = at; madeAt < until; madeAt = plusMs(madeAt, FRAME_MS)) {
      books.push(bookAt(mid, books.length + 1, madeAt, plusMs(madeAt, lagMs)));
    }
  }
  return books;
}

const bookAt = (mid: number, sequence: number, venueAt: Instant, receivedAt: Instant): Book => ({
  instrument: bitcoin.id,
  venue: 'kraken',
  sequence,
  venueProof: `${sequence}`,
  venueAt,
  receivedAt,
  quality: 'good',
  bids: [{ price: onTick(mid * (1 - HALF_SPREAD)), qty: DEEP }],
  asks: [{ price: onTick(mid * (1 + HALF_SPREAD)), qty: DEEP }],
});

const onTick = (dollars: number) => price(BigInt(Math.round(dollars * TICKS_PER_DOLLAR)) * 10_000_000n);

const midOf = (book: Book | undefined): number | undefined =>
  book?.bids[0] && book.asks[0] && Number(book.bids[0].price + book.asks[0].price) / 2e8;

/** Prices without a drift, that move each five seconds. */
export function walk(seed: number, moments: number, size: number): readonly Moment[] {
  const random = new SeededRandom(seed);
  let mid = 60_000;
  return Array.from({ length: moments }, (_, number) => {
    if (number > 0) mid *= Math.exp(size * random.normal() - (size * size) / 2);
    return { at: plusMs(NOW, number * 5_000), mid };
  });
}

/** The moves of a tape of candles that go further than `edge`, each with the price before it: nothing else is sniped. */
export function movesOf({ candles }: Pick<CandleFile, 'candles'>, edge: number): readonly Moment[] {
  const moments: Moment[] = [];
  let last: Moment | undefined;
  for (const candle of candles) {
    for (const [corner, mid] of cornersOf(candle).entries()) {
      const now = { at: plusMs(candle.at as Instant, corner * 15_000), mid };
      if (last && Math.abs(mid / last.mid - 1) >= edge) {
        const before = plusMs(now.at, -1_000);
        if ((moments.at(-1)?.at ?? 0) < before) moments.push({ at: before, mid: last.mid });
        moments.push(now);
      }
      last = now;
    }
  }
  return moments;
}
