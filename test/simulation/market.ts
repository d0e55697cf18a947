import { quoteDataOf } from '../../adapters/kafka/quote-data';
import { encodeEvent } from '../../contracts/topics/envelope';
import { type InstrumentId, idOf } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { price, qty } from '../../domain/kernel/money';
import { type Book, type BookQuality, followed, quoteOf } from '../../domain/market/book';
import { type Instrument, kindOf, type Payout } from '../../domain/market/instrument';
import type { Level } from '../../domain/market/level';
import { bookOfMark, type ListedBook } from '../../domain/market/mark';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { SeededRandom } from '../../local/simulators/truth/random';
import { forgetGone } from '../../usecases/market-data/keep-levels';
import type { BookSource, InstrumentSource } from '../../usecases/ports/market-data/market-data';

import type { LevelKeeper } from '../../usecases/ports/market-data/taken-liquidity';
import { heldAtOnce } from '../fakes/held-books';

import { memoryToldPrices } from '../fakes/memory-told-prices';

import { BTC, bitcoin, ether, NO, rainNo, rainYes, YES } from '../fixtures/domain-story';
import { Confirmations } from './confirmations';
import type { History } from './history';
import { markedAmong } from './marked-among';
import type { MemoryTopics } from './memory-topics';
import type { Sabotage } from './sabotage';

const START: ReadonlyMap<InstrumentId, number> = new Map([
  [BTC, 60_000],
  [ether.id, 3_000],
  [YES, 0.5],
]);

const LISTED: readonly Instrument[] = [bitcoin, ether, rainYes, rainNo];
/** What YES can pay, and NO beside it. */
const ENDINGS: readonly (readonly [yes: Payout, no: Payout])[] = [
  ...[0n, 5n, 10n].map((tenths) => [paying(tenths), paying(10n - tenths)] as const),
  [{ kind: 'void' }, { kind: 'void' }],
];

const DEPTH = qty(50n * 10n ** 8n);
const DEPTH_OUTCOME = qty(50_000n * 10n ** 8n);

/** Prices that walk, jump and fail, told as market-data tells them: to the books first, then on the topic. */
export class Market {
  private readonly mids = new Map(START);
  private readonly latest = new Map<InstrumentId, Book>();
  private readonly catalogue = new Map(LISTED.map((instrument) => [instrument.id, instrument]));
  /** Every state of the catalogue that an outcome was resolved to, oldest first. */
  readonly resolutions = new Map<InstrumentId, Payout[]>();
  private untold = new Set<InstrumentId>();
  /** What was ever told of an ended market: brokers and publishers can tell it once more, and late. */
  private readonly told: { readonly id: InstrumentId; readonly value: string }[] = [];
  private sequence = 0;
  private trades = 0;
  private events = 0;

  readonly prices = memoryToldPrices();
  private readonly confirmations = new Confirmations(this.latest);
  /** Without confirmation what is shown is taken for the present of the venue. */
  readonly books: BookSource;
  readonly instruments: InstrumentSource = {
    find: async (ids) => new Map(ids.flatMap((id) => entryOf(id, this.known(id)))),
    list: async () => [...this.catalogue.values()],
  };

  constructor(
    private readonly random: SeededRandom,
    private readonly topics: MemoryTopics,
    private readonly history: History,
    private readonly levels: LevelKeeper,
    private readonly sabotage: Sabotage,
  ) {
    const { current } = this.confirmations;
    this.books = sabotage === 'confirmation' ? heldAtOnce(current) : this.confirmations;
  }

  get listed(): readonly InstrumentId[] {
    return [...this.catalogue.keys()];
  }

  /** An instrument as the catalogue has it now. */
  entry(id: InstrumentId): Instrument | undefined {
    return this.catalogue.get(id);
  }

  /** The latest book of an instrument. */
  book(id: InstrumentId): Book | undefined {
    return this.latest.get(id);
  }

  /** An instrument as processes know it: those that follow no steps have the ones that it was listed with. */
  private known(id: InstrumentId): Instrument | undefined {
    const [entry, listed] = [this.catalogue.get(id), LISTED.find((one) => one.id === id)];
    if (this.sabotage !== 'grid' || !entry || !listed) return entry;
    return { ...entry, priceTick: listed.priceTick, qtyStep: listed.qtyStep };
  }

  /** Time passes: whoever waits for a book that holds may have waited long enough. */
  passed(at: Instant): void {
    this.confirmations.passed(at);
  }

  /** The venues give a sign of life: every good book that was told holds still. */
  hold(at: Instant): void {
    for (const [id, book] of this.latest) if (book.quality === 'good') this.latest.set(id, { ...book, venueAt: at });
    this.passed(at);
  }

  /** One new state of one book, now and then bad, now and then told twice. */
  tick(at: Instant): void {
    const [id = BTC] = pick(this.random, [BTC, BTC, ether.id, YES]);
    const isJump = this.random.next() < 0.07;
    const isCalm = this.random.next() < 0.4;
    const spread = isCalm ? 0 : id === YES ? 0.05 : isJump ? 0.08 : 0.006;
    this.move(id, spread);
    const quality: BookQuality = this.random.next() < 0.05 ? (pick(this.random, BAD)[0] ?? 'gapped') : 'good';
    this.tell(id, at, quality);
    if (id === YES) this.tell(NO, at, quality);
  }

  /** Somebody takes liquidity at this price; of a book that cannot be trusted no trade is told. */
  trade(at: Instant, instrument: InstrumentId, taker: VenueTrade['taker'], level: Level, venueAt = at): void {
    const isTold = this.latest.get(instrument)?.quality === 'good' && this.catalogue.get(instrument)?.status === 'open';
    if (!isTold) return;
    this.trades += 1;
    const trade: VenueTrade = {
      instrument,
      venue: kindOf(instrument) === 'spot' ? 'kraken' : 'polymarket',
      taker,
      ...level,
      tradeId: `t-${this.trades}`,
      venueAt: this.sabotage === 'dating' ? at : venueAt,
      receivedAt: at,
    };
    this.history.trades.push(trade);
    void this.levels.traded(trade);
    const value = encodeEvent({ ...this.envelope(instrument, at), type: 'market-data.trade', data: trade });
    this.topics.append('market-data', instrument, value, at);
  }

  /** A good book of everything, and every change: nothing is left unpriced or untold. */
  tellAll(at: Instant): void {
    for (const id of this.listed) this.tell(id, at, 'good');
    this.tellChanges(at);
  }

  /**
   * Ends the prediction market, or ends it anew: perhaps with the same payout. The catalogue has it first; whoever
   * dies then tells it later. The two outcomes are told in any order, more than once, and overtaken news comes again.
   */
  resolve(at: Instant): void {
    const [ending] = pick(this.random, ENDINGS);
    if (!ending) throw new Error('a market ends somehow');
    for (const [index, instrument] of [rainYes, rainNo].entries()) {
      const payout = ending[index] ?? ending[0];
      if (this.catalogue.get(instrument.id)?.status === 'open') this.tell(instrument.id, at, 'stale');
      this.catalogue.set(instrument.id, { ...instrument, status: 'resolved', payout });
      const known = this.resolutions.get(instrument.id) ?? [];
      this.resolutions.set(instrument.id, [...known, payout]);
      this.untold.add(instrument.id);
    }
    if (this.random.next() < 0.7) this.tellChanges(at);
  }

  /** Another state of an instrument, as the catalogue has it from now on and as it is told. */
  change(id: InstrumentId, change: Partial<Instrument>, at: Instant): void {
    const known = this.catalogue.get(id);
    if (!known) throw new Error(`${id} is not listed`);
    this.catalogue.set(id, { ...known, ...change });
    if (change.payout) this.resolutions.set(id, [...(this.resolutions.get(id) ?? []), change.payout]);
    this.untold.add(id);
    this.tellChanges(at);
  }

  get isResolved(): boolean {
    return this.resolutions.has(YES);
  }

  /** Tells each state that nobody was told of yet, in any order; now and then an old one again. */
  tellChanges(at: Instant): void {
    const ids = [...this.untold];
    for (const id of this.random.next() < 0.5 ? ids : ids.reverse()) {
      const { status, payout = null } = this.catalogue.get(id) ?? {};
      if (!status) continue;
      const data = { instrument: id, status, payout };
      const value = encodeEvent({ ...this.envelope(id, at), type: 'market-data.instrument-changed', data });
      this.told.push({ id, value });
      this.topics.append('market-data', id, value, at);
      if (this.random.next() < 0.3) this.topics.append('market-data', id, value, at);
    }
    this.untold = new Set();
  }

  /** What was told before arrives once more. */
  tellAgain(at: Instant): void {
    for (const { id, value } of pick(this.random, this.told)) this.topics.append('market-data', id, value, at);
  }

  private move(id: InstrumentId, spread: number): void {
    const mid = this.mids.get(id) ?? 1;
    const moved = id === YES ? mid + this.random.between(-spread, spread) : mid * (1 + spread * this.random.normal());
    this.mids.set(id, id === YES ? Math.min(0.94, Math.max(0.06, moved)) : Math.max(mid / 2, moved));
  }

  private tell(id: InstrumentId, at: Instant, quality: BookQuality): void {
    if (this.catalogue.get(id)?.status !== 'open') return;
    const book = this.bookOf(id, at, quality);
    this.show(kindOf(id) === 'spot' ? this.marked(book, at) : book, at);
  }

  private marked(book: ListedBook, at: Instant): Book {
    const marked = markedAmong(this.random, book, this.latest.get(book.instrument)?.mark, at);
    if (this.sabotage !== 'last_prices' || !marked.mark) return marked;
    const { last: _, ...forgetful } = marked.mark;
    return { ...marked, mark: forgetful };
  }

  /** No venue shows the coin any more. */
  withdraw(id: InstrumentId, at: Instant): void {
    this.tell(id, at, 'stale');
  }

  /** The next state of a book, as a story wants it. */
  state(instrument: InstrumentId, at: Instant, shown: Pick<Book, 'bids' | 'asks' | 'quality'>): ListedBook {
    this.sequence += 1;
    const venue = this.catalogue.get(instrument)?.venue ?? 'kraken';
    const [sequence, venueProof] = [this.sequence, `${this.sequence}`];
    return { instrument, venue, sequence, venueProof, venueAt: at, receivedAt: at, ...shown };
  }

  /** A state of a book becomes the latest, and is told. */
  show(next: Book, at: Instant): void {
    const { instrument: id } = next;
    const follows = this.sabotage !== 'last_prices' && !next.mark;
    const book = follows ? followed(next, this.latest.get(id)) : next;
    const told = book.mark ? bookOfMark(book.mark) : book;
    this.latest.set(id, book);
    this.prices.keep(told);
    const quote = quoteOf(book);
    if (quote) this.history.quotes.push(quote);
    this.history.timeline.push(book);
    void forgetGone(this.levels, book);
    const value = encodeEvent({ ...this.envelope(id, at), type: 'market-data.quote', data: quoteDataOf(told) });
    this.topics.append('market-data', id, value, at);
    if (this.random.next() < 0.1) this.topics.append('market-data', id, value, at);
    this.passed(at);
  }

  private bookOf(id: InstrumentId, at: Instant, quality: BookQuality): ListedBook {
    const isOutcome = id === YES || id === NO;
    const mid = id === NO ? 1 - (this.mids.get(YES) ?? 0.5) : (this.mids.get(id) ?? 1);
    const tick = isOutcome ? 1_000_000n : 10_000_000n;
    const centre = BigInt(Math.round((mid * 1e8) / Number(tick)));
    // Often somebody would take more of a level than is shown of it.
    const depth = qty((isOutcome ? DEPTH_OUTCOME : DEPTH) / (this.random.next() < 0.3 ? 250n : 1n));
    const levels = (direction: bigint) =>
      [1n, 2n, 3n].map((away) => ({ price: price((centre + direction * away) * tick), qty: depth }));
    return this.state(id, at, { quality, bids: levels(-1n), asks: levels(1n) });
  }

  private envelope(key: string, at: Instant) {
    this.events += 1;
    return {
      eventId: idOf<never>(`00000000-0000-7000-9000-${String(this.events).padStart(12, '0')}`),
      version: 1 as const,
      key,
      accountVersion: null,
      occurredAt: at,
      correlationId: 'market',
      traceparent: null,
    };
  }
}

function paying(tenths: bigint): Payout {
  return { kind: 'pays', price: price(tenths * 10n ** 7n) };
}

const BAD: readonly BookQuality[] = ['gapped', 'crossed', 'stale'];

export const pick = <T>(random: SeededRandom, from: readonly T[]): readonly T[] =>
  from.slice(...one(random.whole(0, from.length - 1)));

const one = (at: number): [number, number] => [at, at + 1];

const entryOf = <K, V>(key: K, value: V | undefined): [K, V][] => (value === undefined ? [] : [[key, value]]);
