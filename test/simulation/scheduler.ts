import { setImmediate as afterMicrotasks } from 'node:timers/promises';
import type { SeededRandom } from '../../local/simulators/truth/random';

/** A process of the simulated system. Once killed, nothing that it had begun goes on. */
export class Actor {
  isAlive = true;

  constructor(readonly name: string) {}
}

type Waiting = { readonly actor: Actor; readonly point: string; readonly resume: () => void };

/**
 * Decides, from its seed alone, who goes on next. Every call of a port stops at named points before and after its
 * effect; between two points an actor runs by itself, as a process runs between two messages.
 */
export class Scheduler {
  private waiting: Waiting[] = [];
  /** `actor: point`, in the order in which they were passed: the same seed gives the same trace. */
  readonly trace: string[] = [];

  constructor(readonly random: SeededRandom) {}

  /** Where an actor waits for its turn; a killed actor waits for ever. */
  point(actor: Actor, point: string): Promise<void> {
    return new Promise((resolve) => {
      if (actor.isAlive) this.waiting.push({ actor, point, resume: resolve });
    });
  }

  /** Runs one step; false when nobody waits. */
  async step(): Promise<boolean> {
    await afterMicrotasks();
    this.dropTheDead();
    const [next] = this.waiting.splice(this.random.whole(0, this.waiting.length - 1), 1);
    if (!next) return false;
    this.trace.push(`${next.actor.name}: ${next.point}`);
    next.resume();
    await afterMicrotasks();
    return true;
  }

  async steps(count: number): Promise<void> {
    for (let done = 0; done < count; done++) if (!(await this.step())) return;
  }

  /** Until nobody waits; a system that never comes to rest is a finding. */
  async settle(stepsMax = 200_000): Promise<void> {
    for (let done = 0; done < stepsMax; done++) if (!(await this.step())) return;
    throw new Error(`no rest after ${stepsMax} steps; the last: ${this.trace.slice(-10).join(' | ')}`);
  }

  /** Whether somebody waits at such a point. */
  isAt(point: RegExp): boolean {
    this.dropTheDead();
    return this.waiting.some((one) => point.test(one.point));
  }

  /** Kills one of those who wait (at such a point), in the middle of what it does; answers who it was. */
  killOne(point = /./): string | undefined {
    this.dropTheDead();
    const actors = [...new Set(this.waiting.flatMap((one) => (point.test(one.point) ? [one.actor] : [])))];
    const chosen = actors[this.random.whole(0, actors.length - 1)];
    if (chosen) chosen.isAlive = false;
    return chosen?.name;
  }

  private dropTheDead(): void {
    this.waiting = this.waiting.filter(({ actor }) => actor.isAlive);
  }
}

type Methods<T> = { readonly [K in keyof T]: T[K] };

/**
 * A port as an actor sees it: each of its asynchronous methods stops before and after. What it hands back is a copy of
 * nothing: stores answer with immutable values.
 */
export function through<T extends object>(port: Methods<T>, name: string, actor: Actor, scheduler: Scheduler): T {
  const wrapped = Object.entries(port).map(([method, call]) => {
    if (typeof call !== 'function') return [method, call];
    const asked = (...given: readonly unknown[]): unknown => {
      if (isSynchronous(method)) return call(...given);
      return (async () => {
        await scheduler.point(actor, `before ${name}.${method}`);
        const answer: unknown = await call(...given);
        await scheduler.point(actor, `after ${name}.${method}`);
        return answer;
      })();
    };
    return [method, asked];
  });
  return Object.fromEntries(wrapped) as T;
}

/** Memory of the process itself: no message leaves it, so nobody can come between. */
const isSynchronous = (method: string): boolean => method === 'recall' || method === 'now' || method === 'next';
