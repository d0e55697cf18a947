import type { Instant } from '../../../../domain/kernel/instant';
import type { Clock } from '../../../../usecases/ports/clock-and-ids';
import { Pace } from '../../pace';

export type Command = {
  readonly cmd: 'subscribe' | 'update_subscription';
  readonly params: {
    readonly channels?: readonly string[];
    readonly sid?: number;
    readonly action?: 'add_markets' | 'delete_markets' | 'get_snapshot';
    readonly market_tickers?: readonly string[];
    /** NO is told at its own price, as we mirror it. */
    readonly use_yes_price?: false;
  };
};

export type CommandsParts = { readonly send: (text: string) => void; readonly clock: Clock };

/** Not every command has an answer that names it. */
const REMEMBERED = 200;
const PACE_MS = { first: 1_000, max: 15_000, calm: 30_000 } as const;
const REST_MS = 500;

/**
 * What is asked over one connection, each under a number of its own; what the venue could not take is said again later.
 */
export class Commands {
  private lastId = 0;
  private readonly sent = new Map<number, Command>();
  private later: Command[] = [];
  private dueAt = Number.NEGATIVE_INFINITY;
  private readonly pace = new Pace(PACE_MS);

  constructor(private readonly parts: CommandsParts) {}

  /** The connection is a new one: what was asked on another is of no concern to it. */
  begin(): void {
    this.sent.clear();
    this.later = [];
  }

  say(command: Command): void {
    if (this.parts.clock.now() < this.dueAt) {
      this.later.push(command);
      return;
    }
    this.lastId += 1;
    this.sent.set(this.lastId, command);
    const [oldest] = this.sent.keys();
    if (oldest !== undefined && this.sent.size > REMEMBERED) this.sent.delete(oldest);
    this.parts.send(JSON.stringify({ id: this.lastId, ...command }));
  }

  /** What an answer is to. */
  answered(id: number | undefined): Command | undefined {
    const command = id === undefined ? undefined : this.sent.get(id);
    if (id !== undefined) this.sent.delete(id);
    return command;
  }

  /** The venue could not take it now: it, and all that would follow it, waits for a while. */
  again(command: Command): void {
    const now = this.parts.clock.now();
    this.dueAt = Math.max(this.dueAt, this.pace.failed(now), now + REST_MS);
    this.later.push(command);
  }

  /** Says what has waited long enough. */
  check(now: Instant): void {
    if (now < this.dueAt || this.later.length === 0) return;
    const waiting = this.later;
    this.later = [];
    for (const command of waiting) this.say(command);
  }
}
