import { decodeEvent } from '../../contracts/topics/envelope';
import { judgeAccount } from '../../usecases/judge-account';
import { memoryAccountStore } from '../fakes/memory-account-store';
import { Actor, type Scheduler } from './scheduler';
import type { System } from './system';

export class EngineProcess {
  private actor = new Actor('engine');
  private isBusy = false;
  constructor(
    private readonly system: System,
    private readonly scheduler: Scheduler,
  ) {}
  get isIdle(): boolean {
    return !this.isBusy;
  }
  restart(): void {
    this.actor = new Actor('engine');
    this.isBusy = false;
    this.system.topics.rewind('engine');
  }
  once(): boolean {
    if (this.isBusy) return false;
    const value = this.system.topics.take(
      'engine',
      ['market-data', 'trading', 'assessment', 'rules'],
      this.system.random,
    );
    if (value === undefined) return false;
    const decoded = decodeEvent(value);
    if (!decoded.ok) return true;
    this.isBusy = true;
    const { actor } = this;
    void (async () => {
      const parts = this.system.partsOf(actor, this.system.newStore());
      for (const [id, kept] of [...this.system.world.accounts])
        if (kept.snapshot.status === 'active') await judgeAccount(parts)(id, { correlationId: 'e', traceparent: null });
    })().then(() => {
      if (actor.isAlive) {
        this.isBusy = false;
        this.system.topics.commit('engine');
      }
    });
    return true;
  }
}
