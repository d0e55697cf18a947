import { decodeEvent, type Envelope } from '../../contracts/topics/envelope';
import type { Topic } from '../../contracts/topics/topics';
import { opposite } from '../../domain/account/orders/order';
import { limitOf } from '../../domain/assessment/pre-trade/exposure';
import { type InstrumentId, idOf, type UserId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { price, qty } from '../../domain/kernel/money';
import type { SeededRandom } from '../../local/simulators/truth/random';
import { sha256Digest } from '../../runtime/edge';
import { advanceAssessment } from '../../usecases/assessment/advance-assessment';
import { relayOutbox } from '../../usecases/events/relay-outbox';
import { judgeAccount } from '../../usecases/judging/judge-account';
import { judgePast } from '../../usecases/judging/judge-past';
import type { AccountStore } from '../../usecases/ports/accounts/account-store';
import type { Ids } from '../../usecases/ports/clock-and-ids';
import { NO_TAPE } from '../../usecases/ports/market-data/market-data';
import type { SignalStore } from '../../usecases/ports/surveillance/surveillance-store';
import { writeReport } from '../../usecases/reporting/write-report';
import { amendOrder } from '../../usecases/trading/amend-order';
import { cancelOrder, cancelOrders } from '../../usecases/trading/cancel-orders';
import { closePosition, closePositions } from '../../usecases/trading/close-positions';
import { memoryAccountStore, memorySettlementStore } from '../fakes/memory-account-store';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { memoryOutbox } from '../fakes/memory-outbox';
import { memoryReportStore } from '../fakes/memory-report-store';
import { memorySignalStore } from '../fakes/memory-surveillance';

import { MemoryTaken } from '../fakes/memory-taken';

import { memoryJudgedUntil } from '../fakes/memory-told-prices';

import { inboxKey, type MemoryWorld, memoryWorld } from '../fakes/memory-world';
import { Delistings } from './delistings';
import { EngineProcess } from './engine-process';
import { History } from './history';
import { Market, pick } from './market';
import { MemoryTopics } from './memory-topics';
import { openAccounts } from './open-accounts';
import type { Observed } from './oracles';
import { Payments } from './payments';

import { placingOrders, type Sabotage, sabotagedOutbox, sabotagedPrices, sabotagedTaken } from './sabotage';
import { blindedStore, losingEvents, type Seer, sabotagedStore } from './sabotaged-stores';
import { Actor, type Scheduler, through } from './scheduler';
import { takePayouts } from './take-payouts';
import { type Asked, type Owner, Traders } from './trader';

export type ConsumerName = 'reports' | 'advance' | 'mirror';

const STARTS_AT = Date.UTC(2026, 2, 27, 9);
const trace = { correlationId: 'simulation', traceparent: null };
const API_PROCESSES = 2;
const ALL_TOPICS: readonly Topic[] = ['trading', 'assessment', 'rules', 'report'];

/** Two API processes, a risk-engine, a relay and two consumers over one world, in virtual time. */
export class System {
  readonly world: MemoryWorld = memoryWorld();
  readonly topics = new MemoryTopics();
  readonly history: History;
  readonly market: Market;
  traders: Traders;
  readonly applied: { topic: string; key: string; version: number; eventId: string }[] = [];
  readonly engine: EngineProcess;
  readonly payments: Payments;
  readonly delistings: Delistings;
  readonly signals: SignalStore = memorySignalStore();
  /** What the API could not do for a bug of its own: a broken invariant. */
  readonly broken: string[] = [];
  readonly judgedUntil = memoryJudgedUntil();
  now: Instant = instant(STARTS_AT);
  /** Nothing breaks any more. */
  isAtRest = false;
  private madeIds = 0;
  private readonly processes: readonly AccountStore[];
  private relay = new Actor('relay');
  private isRelaying = false;
  private readonly consumers = new Map<string, { actor: Actor; isBusy: boolean }>();
  private invocations = 0;

  readonly taken = new MemoryTaken(() => this.now);
  readonly clock = { now: () => this.now };
  readonly ids: Ids = {
    next: <Id extends string>() => {
      this.madeIds += 1;
      return idOf<Id>(`00000000-0000-7000-8000-${String(this.madeIds).padStart(12, '0')}`);
    },
  };

  constructor(
    readonly random: SeededRandom,
    private readonly scheduler: Scheduler,
    readonly sabotage: Sabotage = 'none',
  ) {
    this.history = new History(() => this.now);
    this.market = new Market(random, this.topics, this.history, this.taken, sabotage);
    this.traders = new Traders(random, this.market, []);
    this.processes = Array.from({ length: API_PROCESSES }, () => this.newStore('api'));
    this.engine = new EngineProcess(this, scheduler);
    this.payments = new Payments(this, scheduler);
    this.delistings = new Delistings(this);
  }

  /** Funds one account for each of the first tiers, some of them with a short rope. */
  async open(accounts: number): Promise<void> {
    this.traders = new Traders(this.random, this.market, await openAccounts(this, accounts));
    this.market.tellAll(this.now);
  }

  async observed(): Promise<Observed> {
    const { world, history, market, topics, traders, applied } = this;
    const told = await this.signals.list('all', 10_000);
    const people = new Set([...world.accounts.values()].map(({ snapshot }) => snapshot.userId));
    const takenBy = async (person: UserId) => [person, await this.taken.of(person, market.listed)] as const;
    const taken = new Map(await Promise.all([...people].map(takenBy)));
    return { world, history, market, topics, traders, applied, told, taken };
  }

  later(ms: number): void {
    this.now = plusMs(this.now, ms);
    this.market.passed(this.now);
  }

  /** A trader's order reaches a process of the API; its answer may never come. */
  order(asked: Asked): void {
    asked.sent += 1;
    this.invoke(async (parts) => {
      const { owner, ticket } = asked;
      asked.answers.push(await placingOrders(parts, this.sabotage)({ ...owner, ticket, trace }));
    });
  }

  /** Anything else that a trader does; whether it is answered is nobody's concern here. */
  command(owner: Owner): void {
    const known = [...this.traders.asked.values()].filter((asked) => asked.owner === owner);
    const orderId = known[this.random.whole(0, Math.max(0, known.length - 1))]?.ticket.orderId;
    const command = { ...owner, trace };
    const choice = this.random.whole(0, 4);
    this.invoke(async (parts) => {
      if (choice === 0) await cancelOrders(parts)(command);
      else if (choice === 1) await closePositions(parts)(command);
      else if (choice === 2 && orderId) await cancelOrder(parts)({ ...command, orderId });
      else if (choice === 3 && orderId) {
        const qty = this.traders.asked.get(orderId)?.ticket.qty;
        await amendOrder(parts)({ ...command, orderId, change: { ...(qty && { qty }) } });
      } else
        await closePosition(parts)({ ...command, instrument: idOf<InstrumentId>('BTC-USD'), orderId: this.ids.next() });
    });
  }

  /** Somebody asks for a part of what may be paid out, or all of it. */
  payOut(owner: Owner): void {
    const thousandths = BigInt(this.random.next() < 0.5 ? 1_000 : this.random.whole(1, 999));
    this.invoke(async (parts) => {
      await takePayouts(parts)({ ...owner, trace }, thousandths);
    });
  }

  /** A trade at the venue: mostly at the price of an order that rests, sometimes through it, by whoever comes to it. */
  trade(): void {
    const resting = [...this.world.accounts.values()]
      .flatMap(({ snapshot }) => snapshot.account.orders)
      .filter((order) => limitOf(order) !== null);
    const [order] = pick(this.random, resting);
    const limit = order && limitOf(order);
    if (!order || !limit) return;
    const taker = opposite(order.side);
    const through = this.random.next() < 0.1 ? 10_000_000n : 0n;
    const at = price(taker === 'sell' ? limit - through : limit + through);
    const amount = qty(BigInt(this.random.whole(1, 3_000)) * 1_000_000n);
    if (at > 0n) this.market.trade(this.now, order.instrument, taker, { price: at, qty: amount });
  }

  /** One pass of the relay, unless one is under way. */
  relayOnce(): void {
    if (this.isRelaying) return;
    this.isRelaying = true;
    const actor = this.relay;
    const kept = sabotagedOutbox(memoryOutbox(this.world), this.sabotage);
    const outbox = through(kept, 'outbox', actor, this.scheduler);
    const publisher = through(this.topics.publisher, 'publisher', actor, this.scheduler);
    void relayOutbox({ outbox, publisher })().then(() => {
      if (actor.isAlive) this.isRelaying = false;
    });
  }

  /** One record for a consumer, unless it is busy with another. */
  consumeOnce(name: ConsumerName): boolean {
    const process = this.consumers.get(name) ?? { actor: new Actor(name), isBusy: false };
    this.consumers.set(name, process);
    if (process.isBusy) return false;
    const value = this.topics.take(name, ALL_TOPICS, this.random);
    const decoded = value === undefined ? undefined : decodeEvent(value);
    if (!decoded?.ok) return false;
    process.isBusy = true;
    const { actor } = process;
    void this.consume(name, decoded.event, actor).then(() => {
      if (!actor.isAlive) return;
      this.topics.commit(name);
      process.isBusy = false;
    });
    return true;
  }

  /**
   * kill -9 in the middle of something: nothing that the process had begun goes on, and a new one takes its place. A
   * client whose invocation it was waits in vain, and asks again when all is over. False: nobody was doing anything.
   */
  crash(point?: RegExp): boolean {
    const name = this.scheduler.killOne(point);
    if (name === undefined) return false;
    if (name === 'relay') {
      this.relay = new Actor('relay');
      this.isRelaying = false;
    } else if (name === 'engine') this.engine.restart();
    else if (this.payments.restart(name)) return true;
    else if (this.consumers.has(name)) {
      this.consumers.set(name, { actor: new Actor(name), isBusy: false });
      this.topics.rewind(name);
    }
    return true;
  }

  /** The database as one process sees it, with a memory of its own. */
  newStore(seer: Seer = 'other'): AccountStore {
    const store = sabotagedStore(memoryAccountStore(this.world), this.world, this.sabotage);
    return blindedStore(losingEvents(this.history.recording(store), this.sabotage), this.sabotage, seer);
  }

  /** What a process needs to decide about accounts: ports that stop at every call. */
  partsOf(actor: Actor, accounts: AccountStore) {
    const judging = {
      accounts: through(accounts, 'accounts', actor, this.scheduler),
      books: through(this.market.books, 'books', actor, this.scheduler),
      instruments: through(this.market.instruments, 'instruments', actor, this.scheduler),
      tape: NO_TAPE,
      taken: through(sabotagedTaken(this.taken, this.sabotage), 'taken', actor, this.scheduler),
      blackouts: { current: async () => [] },
      clock: this.clock,
      ids: this.ids,
      digest: sha256Digest,
      told: sabotagedPrices(this.market.prices, this.sabotage),
      judgedUntil: this.judgedUntil,
    };
    const judge = judgeAccount(judging);
    return { ...judging, judge, judgePast: judgePast({ ...judging, judge }) };
  }

  private invoke(run: (parts: ReturnType<System['partsOf']>) => Promise<void>): void {
    this.invocations += 1;
    const actor = new Actor(`api-${this.invocations}`);
    const process = this.processes[this.random.whole(0, this.processes.length - 1)];
    if (!process) return;
    run(this.partsOf(actor, process)).catch((error: unknown) => this.broken.push(`${actor.name}: ${error}`));
  }

  private async consume(name: ConsumerName, event: Envelope, actor: Actor): Promise<void> {
    const inbox = { consumer: name, eventId: event.eventId };
    if (name === 'mirror') {
      await this.scheduler.point(actor, 'before mirror');
      if (this.world.inbox.has(inboxKey(inbox)) && this.sabotage !== 'inbox') return;
      this.world.inbox.add(inboxKey(inbox));
      const { key, eventId, type, accountVersion } = event;
      this.applied.push({ topic: type.split('.')[0] ?? '', key, eventId, version: accountVersion ?? 0 });
      await this.scheduler.point(actor, 'after mirror');
      return;
    }
    if (event.type !== 'assessment.completed' && event.type !== 'assessment.abandoned') return;
    const { assessmentId } = event.data;
    const store = memoryAssessmentStore(this.world);
    const assessments = through(store, 'assessments', actor, this.scheduler);
    const accounts = through(this.newStore(), 'accounts', actor, this.scheduler);
    const parts = { assessments, accounts, clock: this.clock, ids: this.ids };
    if (name === 'advance') {
      if (event.type === 'assessment.completed') await advanceAssessment(parts)({ assessmentId, inbox, trace });
      return;
    }
    const renderer = { render: () => ({ html: new Uint8Array(), pdf: new Uint8Array() }) };
    const reports = through(memoryReportStore(this.world), 'reports', actor, this.scheduler);
    const settlements = memorySettlementStore(this.world);
    const users = { find: async () => undefined };
    const writing = writeReport({ ...parts, users, reports, settlements, renderer, digest: sha256Digest });
    await writing({ assessmentId, inbox, trace });
  }
}
