import type { OrderTicket, Side } from '../../../domain/account/order';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type AccountId, type InstrumentId, idOf, type OrderId, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { type Price, parsePrice, parseQty, ppm, price, type Qty, qty } from '../../../domain/kernel/money';
import { type Book, type BookQuality, quoteOf } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import { sha256Digest, uuidIds } from '../../../runtime/edge';
import { judgeAccount } from '../../../usecases/judging/judge-account';
import type { ObservedPrices } from '../../../usecases/judging/observed-prices';
import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import { NO_TAPE } from '../../../usecases/ports/market-data/market-data';
import { placeOrder } from '../../../usecases/trading/place-order';
import { bitcoin, NOW, newAssessment, rules as storyRules, trace } from '../../adapters/cockroach/story';
import { memoryAccountStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memoryWorld } from '../../fakes/memory-world';

const YES = idOf<InstrumentId>('PM-rain-YES');

export const rain: Instrument = {
  ...bitcoin,
  id: YES,
  venue: 'polymarket',
  venueSymbol: '1001',
  kind: 'outcome',
  title: 'Rain: yes',
  priceTick: price(1_000_000n),
  qtyStep: qty(1_000_000n),
  qtyMin: qty(100_000_000n),
  takerFee: { kind: 'probability', rate: ppm(40_000n) },
  makerFee: { kind: 'probability', rate: ppm(0n) },
  outcome: { marketId: 'rain', eventId: 'weather', category: 'climate', question: 'Rain?', side: 'yes' },
};

export const priceOf = (text: string): Price => parsePrice(text) ?? price(0n);
export const qtyOf = (text: string): Qty => parseQty(text) ?? qty(0n);

type OrderChanges = Partial<OrderTicket> & { readonly accountId?: AccountId; readonly userId?: UserId };

/** A trading desk in memory: one account, books that the test sets, a clock that the test moves. */
export async function openTrading(
  changes: Partial<RuleSet> = {},
  wrap: (accounts: AccountStore) => AccountStore = (accounts) => accounts,
) {
  const world = memoryWorld();
  const accounts = wrap(memoryAccountStore(world));
  const rules = { ...storyRules, ...changes };
  const { given, inbox } = newAssessment();
  await memoryAssessmentStore(world).create({ ...given, pinned: { ...given.pinned, rules } }, inbox);
  let [now, sequence]: [Instant, number] = [NOW, 0];
  const books = new Map<InstrumentId, Book>();
  const catalogue = new Map([bitcoin, rain].map((instrument) => [instrument.id, instrument]));
  const judging = {
    accounts,
    books: { current: async () => new Map(books) },
    instruments: { find: async () => catalogue, list: async () => [...catalogue.values()] },
    tape: NO_TAPE,
    blackouts: { current: async () => [] },
    clock: { now: () => now },
    ids: uuidIds,
    digest: sha256Digest,
  };
  const parts = { ...judging, judge: judgeAccount(judging) };
  const place = placeOrder(parts);
  const { accountId, assessmentId, userId } = given;
  return {
    accountId,
    assessmentId,
    userId,
    world,
    accounts,
    catalogue,
    books,
    parts,
    command: { accountId, userId, trace },
    /** Sets a book of one deep level a side; prices as text. */
    quote: (instrument: InstrumentId, bid: string, ask: string, quality: BookQuality = 'good', depth: Qty = DEEP) => {
      sequence += 1;
      const book = bookOf(instrument, sequence, now, quality, [priceOf(bid), priceOf(ask)], depth);
      books.set(instrument, book);
      return book;
    },
    quotes: () => [...books.values()].flatMap((book) => quoteOf(book) ?? []),
    now: () => now,
    later: (ms: number) => {
      now = plusMs(now, ms);
    },
    order: (side: Side, amount: string, more: OrderChanges = {}) => {
      const { accountId: account = accountId, userId: user = userId, ...ticket } = more;
      return place({ accountId: account, userId: user, trace, ticket: { ...market(side, amount), ...ticket } });
    },
    judge: (seen?: ObservedPrices) => parts.judge(accountId, trace, seen),
    snapshot: async () => {
      const kept = world.accounts.get(accountId);
      if (!kept) throw new Error('opened above');
      return kept.snapshot;
    },
    events: () => world.outbox.map(({ body }) => JSON.parse(body) as Told),
  };
}

export type Trading = Awaited<ReturnType<typeof openTrading>>;

type Told = {
  readonly type: string;
  readonly key: string;
  readonly accountVersion: number;
  readonly correlationId: string;
  readonly occurredAt: number;
  readonly data: Readonly<Record<string, unknown>>;
};

export const market = (side: Side, amount: string): OrderTicket => ({
  orderId: uuidIds.next<OrderId>(),
  instrument: bitcoin.id,
  side,
  qty: qtyOf(amount),
  terms: { type: 'market' },
  reduceOnly: false,
  attached: null,
});

/** The terms of a limit order that works until it is cancelled. */
export const limitAt = (text: string): OrderTicket['terms'] => ({
  type: 'limit',
  limitPrice: priceOf(text),
  timeInForce: { kind: 'gtc' },
});

const DEEP = qty(1_000_000n * 10n ** 8n);

const bookOf = (
  instrument: InstrumentId,
  sequence: number,
  at: Instant,
  quality: BookQuality,
  [bid, ask]: readonly [Price, Price],
  depth: Qty,
): Book => ({
  instrument,
  sequence,
  quality,
  venue: 'kraken',
  venueProof: `${sequence}`,
  venueAt: instant(at),
  receivedAt: at,
  bids: [{ price: bid, qty: depth }],
  asks: [{ price: ask, qty: depth }],
});
