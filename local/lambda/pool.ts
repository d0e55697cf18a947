import { randomUUID } from 'node:crypto';
import type { FunctionPlan } from '../assembly/assembly';
import { Instance, type InstanceOptions } from './instance';

const IDLE_MS = 300_000;
const SWEEP_MS = 30_000;

/** The instances of one function: made on demand up to its limit, one invocation at a time each, idle ones retired. */
export class FunctionPool {
  private readonly instances = new Set<Instance>();
  private readonly idle: Instance[] = [];
  private readonly waiting: ((instance: Instance) => void)[] = [];
  private readonly sweeper = setInterval(() => this.retireIdle(), SWEEP_MS).unref();

  constructor(
    readonly plan: FunctionPlan,
    private readonly options: InstanceOptions,
  ) {}

  async invoke(event: unknown): Promise<unknown> {
    const instance = await this.take();
    const context = { awsRequestId: randomUUID(), functionName: this.plan.name, callbackWaitsForEmptyEventLoop: false };
    try {
      return await instance.invoke(event, context, this.plan.timeoutMs);
    } finally {
      this.giveBack(instance);
    }
  }

  /** New code: the next invocation of each slot starts a fresh instance; running ones finish on the old code. */
  reload(): void {
    for (const instance of this.idle.splice(0)) this.retire(instance);
    for (const instance of this.instances) instance.isDead = true;
  }

  async stop(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all([...this.instances].map((instance) => instance.stop()));
  }

  private take(): Promise<Instance> {
    for (let idle = this.idle.pop(); idle; idle = this.idle.pop()) {
      if (!idle.isDead) return Promise.resolve(idle);
      this.retire(idle);
    }
    if (this.instances.size < this.plan.instancesMax) return Promise.resolve(this.start());
    return new Promise((give) => this.waiting.push(give));
  }

  private start(): Instance {
    const instance = new Instance(this.options);
    this.instances.add(instance);
    return instance;
  }

  private giveBack(instance: Instance): void {
    const give = this.waiting.shift();
    if (instance.isDead) {
      this.retire(instance);
      give?.(this.start());
    } else if (give) give(instance);
    else this.idle.push(instance);
  }

  private retire(instance: Instance): void {
    this.instances.delete(instance);
    void instance.stop();
  }

  private retireIdle(): void {
    const limit = performance.now() - IDLE_MS;
    for (const instance of this.idle.filter(({ idleSince }) => idleSince < limit)) {
      this.idle.splice(this.idle.indexOf(instance), 1);
      this.retire(instance);
    }
  }
}
