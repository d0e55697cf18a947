import { decodeEvent } from '../../contracts/topics/envelope';
import type { Topic } from '../../contracts/topics/topics';
import { exitPrice } from '../../domain/account/positions/position';
import { STALE_AFTER_MS } from '../../domain/assessment/context/decision-context';
import type { AccountId } from '../../domain/kernel/ids';
import { isFresh, quoteOf } from '../../domain/market/book';
import { rereadFrom } from '../../engines/risk/catch-up';
import { RiskEngine } from '../../engines/risk/engine';
import { TradeTape } from '../../engines/risk/trade-tape';
import { isUnstorable } from '../../usecases/concurrency/unstorable';
import { judgeAccount } from '../../usecases/judging/judge-account';
import { judgePastFenced } from '../../usecases/judging/judge-past-fenced';
import { settleOutcome } from '../../usecases/judging/settle-outcome';
import type { Fence } from '../../usecases/ports/accounts/account-store';
import { memoryOpenAccounts } from '../fakes/memory-account-store';
import { memoryEngineLeases } from '../fakes/memory-engine-leases';
import { payingParts, Unreachable } from './paying';
import { Actor, type Scheduler, through } from './scheduler';
import type { System } from './system';

const TOPICS: readonly Topic[] = ['market-data', 'trading', 'assessment', 'rules'];
const BUSY = Promise.resolve({ outcome: 'busy' } as const);
const SHARD = 0;
const LEASE_MS = 15_000;
const RECONCILE_EVERY_MS = 60_000;

/** The shipped risk-engine as a process that can be killed; its successor takes the lease and the retained quotes. */
export class EngineProcess {
  private actor = new Actor('engine');
  private engine: RiskEngine | undefined;
  private isBusy = false;
  private isLive = false;
  /** Calls that the engine wants later: they come with the next round. */
  private waiting: (() => void)[] = [];
  private fence: Fence | undefined;
  private reconciledAt = 0;
  /** How often a person was told of what it decided and could not keep. */
  unstorable = 0;
  private readonly leases;

  constructor(
    private readonly system: System,
    private readonly scheduler: Scheduler,
  ) {
    this.leases = memoryEngineLeases(system.world);
  }

  /** Nothing to read, nothing under way. */
  get isIdle(): boolean {
    return !this.isBusy && this.isLive;
  }

  /** kill -9 while it waits for what comes next; false: it is busy, or not there. */
  kill(): boolean {
    if (this.isBusy || !this.engine) return false;
    this.actor.isAlive = false;
    this.restart();
    return true;
  }

  /** After a kill: the lease expires, and what came since all was judged and saved comes again. */
  restart(): void {
    this.actor = new Actor('engine');
    this.engine = undefined;
    this.isBusy = false;
    this.isLive = false;
    this.waiting = [];
    this.fence = undefined;
  }

  /** One step of its life: taking the shard, one record, or what is due. False: there was nothing to do. */
  once(): boolean {
    if (this.isBusy) return false;
    for (const call of this.waiting.splice(0)) call();
    const { engine } = this;
    if (engine && this.isLive) this.renew(engine);
    if (!engine) return this.run(() => this.takeShard());
    const value = this.system.topics.take('engine', TOPICS, this.system.random);
    if (value === undefined) return this.isLive ? this.runDue(engine) : this.run(() => this.goLive(engine));
    const decoded = decodeEvent(value);
    if (!decoded.ok) return true;
    return this.run(async () => {
      engine.onEvent(decoded.event);
      await engine.idle();
    });
  }

  /** The lease says what a successor need not read again. */
  private renew(engine: RiskEngine): void {
    const judgedUntil = engine.judgedUntil();
    const { now } = this.system;
    if (!this.fence || judgedUntil === undefined) return;
    void this.leases.renew(this.fence, this.actor.name, now, judgedUntil);
    void this.system.judgedUntil.tell(SHARD, 1, judgedUntil);
  }

  private run(work: () => Promise<void>): boolean {
    const { actor } = this;
    this.isBusy = true;
    void work().then(() => {
      if (actor.isAlive && actor === this.actor) this.isBusy = false;
    });
    return true;
  }

  private runDue(engine: RiskEngine): boolean {
    engine.runDue();
    engine.checkpoint();
    const isTime = this.system.now >= this.reconciledAt + RECONCILE_EVERY_MS;
    if (isTime) this.reconciledAt = this.system.now;
    this.run(async () => {
      if (isTime) await engine.reconcile();
      await engine.idle();
    });
    return isTime;
  }

  private async takeShard(): Promise<void> {
    const { actor } = this;
    const lease = await this.leases.acquire(SHARD, actor.name, this.system.now, LEASE_MS);
    if (!lease) {
      // The one that was killed still holds it: time passes.
      this.system.later(LEASE_MS);
      return;
    }
    const { seenUntil } = lease;
    if (seenUntil === undefined) await this.leases.renew(lease.fence, actor.name, this.system.now, this.system.now);
    const from = this.system.sabotage === 'progress' ? undefined : seenUntil && rereadFrom(seenUntil);
    this.system.topics.open('engine', 'market-data', from);
    const engine = this.newEngine(lease.fence, actor);
    await engine.load();
    if (!actor.isAlive) return;
    this.engine = engine;
    this.fence = lease.fence;
  }

  private async goLive(engine: RiskEngine): Promise<void> {
    await engine.takeUp();
    await engine.idle();
    this.isLive = true;
  }

  /** Whether something that the account holds has no price, and nobody judges it for that. */
  private isShielded(id: AccountId): boolean {
    const { market, now, sabotage, world } = this.system;
    if (sabotage !== 'shield') return false;
    return (world.accounts.get(id)?.snapshot.account.positions ?? []).some((position) => {
      const book = market.book(position.instrument);
      const quote = book && isFresh(book.receivedAt, now, STALE_AFTER_MS) ? quoteOf(book) : undefined;
      return exitPrice(position, quote) === null;
    });
  }

  private newEngine(fence: Fence, actor: Actor): RiskEngine {
    const { system, scheduler } = this;
    const tape = new TradeTape();
    const parts = { ...system.partsOf(actor, system.newStore('engine')), tape };
    const settling = payingParts(system, actor, scheduler);
    const isBlind = system.sabotage === 'engine';
    const judge = judgeAccount(parts);
    const past = judgePastFenced(parts);
    return new RiskEngine({
      judge: (id, trace, seen) => (isBlind || this.isShielded(id) ? BUSY : judge(id, trace, seen)),
      judgePast: async (snapshot, trace, by) => {
        if (!isBlind && !this.isShielded(snapshot.accountId) && system.sabotage !== 'unjudged')
          await past(snapshot, trace, by);
      },
      settle: settleOutcome({ ...parts, ...settling }),
      accountsIn: settling.settlements.accountsIn,
      instruments: parts.instruments,
      openAccounts: through(memoryOpenAccounts(system.world), 'openAccounts', actor, scheduler),
      tape,
      fence,
      now: system.clock.now,
      staleAfterMs: STALE_AFTER_MS,
      later: (_, call) => {
        if (!isBlind) this.waiting.push(call);
        return () => {};
      },
      isMine: () => true,
      newTrace: () => ({ correlationId: 'engine', traceparent: null }),
      metrics: {
        accounts: () => {},
        selected: () => {},
        judged: () => {},
        quoteSeen: () => {},
        needsReview: () => {},
      },
      onFailure: (error) => {
        if (isUnstorable(error)) this.unstorable += 1;
        else if (!(error instanceof Unreachable)) throw error;
      },
    });
  }
}
