import { fundedAccount } from '../../domain/account/account';
import type { Side } from '../../domain/account/orders/order';
import type { AssessmentStatus } from '../../domain/assessment/context/decision-context';
import { ruleSetText } from '../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { InstrumentId, OrderId, UserId } from '../../domain/kernel/ids';
import { invariant } from '../../domain/kernel/invariant';
import { formatUsd } from '../../domain/kernel/money';
import type { Result } from '../../domain/kernel/result';
import type { BookQuality } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';
import { SeededRandom } from '../../local/simulators/truth/random';
import { sha256Digest } from '../../runtime/edge';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import { cancelOrders } from '../../usecases/trading/cancel-orders';
import { closePosition, closePositions } from '../../usecases/trading/close-positions';
import type { OrderAnswer } from '../../usecases/trading/place-order';
import { levelsOf, RULES } from '../fixtures/domain-story';
import { ticketOf } from '../fixtures/ticket-words';
import { placingOrders, type Sabotage } from './sabotage';
import { Actor, Scheduler } from './scheduler';
import { System } from './system';
import type { Owner } from './trader';

export type ArenaOptions = {
  readonly seed?: number;
  readonly rules?: Partial<RuleSet>;
  /** How many people, each with as many accounts. */
  readonly people?: number;
  readonly accountsEach?: number;
  readonly sabotage?: Sabotage;
};

/** How an account was left: what somebody could want of it. */
export type Standing = { readonly status: AssessmentStatus; readonly cashUsd: number; readonly positions: number };

type Command<T> = (parts: ReturnType<System['partsOf']>) => Promise<T>;

const trace = { correlationId: 'arena', traceparent: null };

/**
 * The shipped use cases and the shipped engine over a market of which a story says every price, in virtual time: one
 * thing is done after another, and the engine sees each as soon as it is told, unless it is away.
 */
export class Arena {
  readonly system: System;
  /** While it is away the engine reads nothing; what it missed it finds when it is back. */
  isEngineAway = false;
  /** What was refused of that which nobody waited for. */
  readonly refusals: string[] = [];
  private readonly scheduler: Scheduler;

  private constructor({ seed = 1, sabotage = 'none' }: ArenaOptions) {
    this.scheduler = new Scheduler(new SeededRandom(seed));
    this.system = new System(new SeededRandom(seed), this.scheduler, sabotage);
  }

  static async open(options: ArenaOptions = {}): Promise<Arena> {
    const arena = new Arena(options);
    const { people = 1, accountsEach = 1, rules } = options;
    await arena.system.open(people * accountsEach);
    arena.system.isAtRest = true;
    arena.fund({ ...RULES, ...rules }, accountsEach);
    await arena.watch();
    return arena;
  }

  /** The accounts, those of one person beside one another. */
  get owners(): readonly Owner[] {
    return [...this.system.world.accounts.values()].map(({ snapshot: { accountId, userId } }) => ({
      accountId,
      userId,
    }));
  }

  owner(number = 0): Owner {
    const owner = this.owners[number];
    invariant(owner !== undefined, `there is an account ${number}`);
    return owner;
  }

  /** Levels as `1@100 2@101`, best first; nothing: that side is empty. */
  async show(instrument: InstrumentId, bids: string, asks: string, quality: BookQuality = 'good'): Promise<void> {
    const { market, now } = this.system;
    market.show(market.state(instrument, now, { bids: levelsOf(bids), asks: levelsOf(asks), quality }), now);
    await this.watch();
  }

  /** What is different about an instrument from now on. */
  async change(instrument: InstrumentId, change: Partial<Instrument>): Promise<void> {
    this.system.market.change(instrument, change, this.system.now);
    await this.watch();
  }

  async wait(ms: number): Promise<void> {
    this.system.later(ms);
    await this.watch();
  }

  /** An order in the words of a story: `order(owner, 'buy', BTC, '1 limit 99 ioc')`. */
  async order(owner: Owner, side: Side, instrument: InstrumentId, words: string): Promise<Result<OrderAnswer, string>> {
    const ticket = ticketOf(this.nextOrderId(), instrument, side, words.split(' '));
    return this.does((parts) => placingOrders(parts, this.system.sabotage)({ ...owner, ticket, trace }));
  }

  async close(owner: Owner, instrument: InstrumentId): Promise<Result<unknown, string>> {
    return this.does((parts) => closePosition(parts)({ ...owner, instrument, orderId: this.nextOrderId(), trace }));
  }

  async closeAll(owner: Owner): Promise<Result<unknown, string>> {
    return this.does((parts) => closePositions(parts)({ ...owner, trace }));
  }

  async cancelAll(owner: Owner): Promise<Result<unknown, string>> {
    return this.does((parts) => cancelOrders(parts)({ ...owner, trace }));
  }

  snapshot({ accountId }: Owner): AccountSnapshot {
    const kept = this.system.world.accounts.get(accountId);
    invariant(kept !== undefined, `there is an account ${accountId}`);
    return kept.snapshot;
  }

  standing(owner: Owner): Standing {
    const { status, account } = this.snapshot(owner);
    return { status, cashUsd: Number(formatUsd(account.cashUsd)), positions: account.positions.length };
  }

  /** A command by a process of the API, to its answer; then the engine hears of what it did. The venues are alive. */
  async does<T>(run: Command<T>): Promise<T> {
    const asked = await this.asks(run);
    if (!('answer' in asked)) {
      this.system.later(1 + this.latencyMs());
      this.system.market.hold(this.system.now);
      await this.scheduler.settle();
      await this.watch();
    }
    invariant('answer' in asked, 'a command is answered');
    return asked.answer as T;
  }

  /** What is asked for and not waited for: an order, or the closing of a position. Refusals are counted. */
  async begins(owner: Owner, what: Side | 'close', instrument: InstrumentId, words = ''): Promise<void> {
    const orderId = this.nextOrderId();
    const command: Command<Result<unknown, string>> =
      what === 'close'
        ? (parts) => closePosition(parts)({ ...owner, instrument, orderId, trace })
        : (parts) =>
            placingOrders(
              parts,
              this.system.sabotage,
            )({
              ...owner,
              ticket: ticketOf(orderId, instrument, what, words.split(' ')),
              trace,
            });
    await this.asks(async (parts) => {
      const answer = await command(parts);
      if (!answer.ok) this.refusals.push(answer.refusal);
      return answer;
    });
  }

  /** A command that may have to wait for the market: the answer is there once it has come. */
  async asks<T>(run: Command<T>): Promise<{ readonly answer?: T }> {
    const { system, scheduler } = this;
    const asked: { answer?: T } = {};
    void run(system.partsOf(new Actor('api'), system.newStore('api'))).then((answer) => {
      asked.answer = answer;
    });
    await scheduler.settle();
    await this.watch();
    return asked;
  }

  /** The engine reads all that was told, and does what is due. */
  async watch(): Promise<void> {
    const { system, scheduler } = this;
    for (;;) {
      system.relayOnce();
      await scheduler.settle();
      const isWorking = !this.isEngineAway && system.engine.once();
      await scheduler.settle();
      const isSent = system.world.outbox.every((row) => row.isSent);
      if (!isWorking && isSent && (this.isEngineAway || system.engine.isIdle)) return;
    }
  }

  /** How often some process was at this point. */
  timesAt(point: string): number {
    return this.scheduler.trace.filter((passed) => passed.endsWith(point)).length;
  }

  private latencyMs(): number {
    const of = [...this.system.world.accounts.values()].map(({ snapshot }) => snapshot.rules.execution.latencyMs);
    return Math.max(0, ...of);
  }

  private nextOrderId(): OrderId {
    return this.system.ids.next<OrderId>();
  }

  /** Every account begins anew under these rules; so many of them belong to each person. */
  private fund(rules: RuleSet, accountsEach: number): void {
    const { world, now } = this.system;
    const users: UserId[] = [];
    for (const [number, kept] of [...world.accounts.values()].entries()) {
      const person = Math.floor(number / accountsEach);
      users[person] ??= kept.snapshot.userId;
      const account = fundedAccount(rules.startingUsd, tradingDayAt(now, rules).day, now);
      const ruleSetHash = sha256Digest.sha256(ruleSetText(rules));
      kept.snapshot = { ...kept.snapshot, userId: users[person], rules, ruleSetHash, account };
    }
  }
}
