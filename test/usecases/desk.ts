import type { Side } from '../../domain/account/order';
import type { RuleSet } from '../../domain/assessment/rules';
import { type AccountId, type InstrumentId, idOf, type OrderId, type UserId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { parsePrice, parseQty, ppm, price, qty } from '../../domain/kernel/money';
import type { Book, BookQuality } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';
import { sha256Digest, uuidIds } from '../../runtime/edge';
import { judgeAccount } from '../../usecases/judge-account';
import { placeOrder } from '../../usecases/place-order';
import { bitcoin, NOW, newAssessment, rules as storyRules, trace } from '../adapters/cockroach/story';
import { memoryAccountStore } from '../fakes/memory-account-store';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { memoryWorld } from '../fakes/memory-world';

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
  outcome: { marketId: 'rain', question: 'Rain?', side: 'yes' },
};

/** A trading desk in memory: one account, books that the test sets, a clock that the test moves. */
export async function openDesk(changes: Partial<RuleSet> = {}) {
  const world = memoryWorld();
  const accounts = memoryAccountStore(world);
  const rules = { ...storyRules, ...changes };
  const { given, inbox } = newAssessment();
  await memoryAssessmentStore(world).create({ ...given, pinned: { ...given.pinned, rules } }, inbox);
  let now: Instant = NOW;
  const books = new Map<InstrumentId, Book>();
  const catalogue = new Map([bitcoin, rain].map((instrument) => [instrument.id, instrument]));
  const parts = {
    accounts,
    books: { current: async () => books },
    instruments: { find: async () => catalogue, list: async () => [...catalogue.values()] },
    clock: { now: () => now },
    ids: uuidIds,
    digest: sha256Digest,
  };
  const place = placeOrder(parts);
  const { accountId, userId } = given;
  return {
    accountId,
    world,
    accounts,
    catalogue,
    /** Sets a book of one deep level a side; prices as text. */
    quote: (instrument: InstrumentId, bid: string, ask: string, quality: BookQuality = 'good') =>
      books.set(instrument, bookOf(instrument, bid, ask, now, quality)),
    now: () => now,
    later: (ms: number) => {
      now = plusMs(now, ms);
    },
    order: (side: Side, amount: string, more: OrderChanges = {}) =>
      place({
        accountId: more.accountId ?? accountId,
        userId: more.userId ?? userId,
        trace,
        ticket: {
          orderId: more.orderId ?? uuidIds.next<OrderId>(),
          instrument: more.instrument ?? bitcoin.id,
          side,
          qty: parseQty(amount) ?? qty(0n),
        },
      }),
    judge: () => judgeAccount(parts)(accountId, trace),
    snapshot: async () => {
      const found = await accounts.load(accountId);
      if (!found) throw new Error('opened above');
      return found;
    },
    events: () => world.outbox.map(({ body }) => JSON.parse(body) as { type: string; accountVersion: number }),
  };
}

type OrderChanges = {
  readonly orderId?: OrderId;
  readonly instrument?: InstrumentId;
  readonly accountId?: AccountId;
  readonly userId?: UserId;
};

const DEEP = qty(1_000_000n * 10n ** 8n);

const bookOf = (instrument: InstrumentId, bid: string, ask: string, at: Instant, quality: BookQuality): Book => ({
  instrument,
  venue: 'kraken',
  sequence: 1,
  venueProof: '1',
  venueAt: instant(at),
  receivedAt: at,
  quality,
  bids: [{ price: parsePrice(bid) ?? price(0n), qty: DEEP }],
  asks: [{ price: parsePrice(ask) ?? price(0n), qty: DEEP }],
});
