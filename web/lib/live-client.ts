/**
 * The live connection for any program: this file needs nothing but a WebSocket, and may be copied
 * (docs/websocket.md, docs/reference/asyncapi.json). It connects, comes back by itself, and hands over each event of an
 * account once and in order, also those of the time when there was no line.
 */

export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'stopped';

/** The part of a WebSocket that is used, so that tests and other platforms bring their own. */
export type Socket = {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  send(text: string): void;
  close(): void;
};

/** What every frame has; give the client a closer type of your own, and `onMessage` gets that. */
export type Frame = { readonly type: string; readonly n: number };

/** The frames that the client itself understands. */
export type Understood =
  | { readonly type: 'welcome'; readonly n: number }
  | { readonly type: 'closing'; readonly n: number; readonly reconnectInMs: number }
  | {
      readonly type: 'account-snapshot';
      readonly n: number;
      readonly snapshot: { readonly accountId: string; readonly version: number };
    }
  | { readonly type: 'account-resumed'; readonly n: number; readonly accountId: string }
  | { readonly type: 'account-event'; readonly n: number; readonly accountId: string; readonly accountVersion: number };

type Parts<F extends Frame> = {
  /** `wss://<site>/ws`, asked for when there is something to open. */
  readonly url: () => string;
  /** A ticket for one connection; undefined when none can be had now. */
  readonly ticket: () => Promise<string | undefined>;
  readonly onMessage: (message: F) => void;
  readonly onStatus?: (status: LiveStatus) => void;
  readonly open?: (url: string) => Socket;
  /** Runs `act` later; the function it returns cancels that. */
  readonly later?: (act: () => void, ms: number) => () => void;
  /** From 0 to 1. */
  readonly random?: () => number;
};

/** A line that says nothing for so long is asked whether it lives, and given up when it does not answer. */
const PING_AFTER_MS = 5_000;
const SILENCE_MAX_MS = 12_000;
/** A connection that lasts this long was a good one: the next loss starts with a short wait again. */
const SETTLED_AFTER_MS = 10_000;
const WAIT_FIRST_MS = 1_000;
const WAIT_LONGEST_MS = 30_000;
/** The close code for too many messages or connections, and the attempt whose wait suits it. */
const TOO_MANY = 4429;
const TOO_MANY_ATTEMPT = 4;

/**
 * How long to wait before attempt `attempt` (from 0): any time up to a bound that doubles, so that those who lost the
 * same server do not come back together ("full jitter", AWS Architecture Blog, "Exponential Backoff And Jitter").
 */
export const backoffMs = (attempt: number, random: number): number =>
  Math.round(Math.min(WAIT_FIRST_MS * 2 ** attempt, WAIT_LONGEST_MS) * random);

/** What is known of an account: up to which version; undefined: it is to be told whole. */
type Known = { version: number | undefined; isAsked: boolean };

/** A tier by its short name, and a month of UTC such as `2026-03`. */
type Leaderboard = { readonly tier: string; readonly month: string };

export class LiveClient<F extends Frame = Frame> {
  private readonly instruments = new Set<string>();
  private readonly accounts = new Map<string, Known>();
  private readonly leaderboards = new Map<string, Leaderboard>();
  private readonly open: NonNullable<Parts<F>['open']>;
  private readonly later: NonNullable<Parts<F>['later']>;
  private readonly random: () => number;
  private socket: Socket | undefined;
  private isWelcome = false;
  private lastN = 0;
  private attempt = 0;
  /** How long a server that goes asked this client to wait, so that not all come back at once. */
  private waitMs: number | undefined;
  private pingId = 0;
  private isStopped = true;
  /** Counts connections begun, so that a ticket that comes late opens no second one. */
  private turn = 0;
  private timers: (() => void)[] = [];
  private cancelSilence = () => {};

  constructor(private readonly parts: Parts<F>) {
    this.open = parts.open ?? ((url) => new WebSocket(url) as Socket);
    this.later = parts.later ?? onTimer;
    this.random = parts.random ?? Math.random;
  }

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.parts.onStatus?.('connecting');
    void this.connect();
  }

  stop(): void {
    this.isStopped = true;
    this.drop();
    this.parts.onStatus?.('stopped');
  }

  followQuotes(instruments: readonly string[]): void {
    const added = instruments.filter((instrument) => !this.instruments.has(instrument));
    for (const instrument of added) this.instruments.add(instrument);
    if (added.length > 0) this.send({ op: 'subscribe-quotes', instruments: added });
  }

  /** Follows an account that is known as of the version `since`. */
  followAccount(accountId: string, since?: number): void {
    this.accounts.set(accountId, { version: since, isAsked: false });
    this.subscribe(accountId);
  }

  /** Asks for a fresh snapshot. */
  refollowAccount(accountId: string): void {
    this.accounts.set(accountId, { version: undefined, isAsked: false });
    this.resubscribe(accountId);
  }

  followLeaderboard({ tier, month }: Leaderboard): void {
    this.leaderboards.set(`${month} ${tier}`, { tier, month });
    this.send({ op: 'subscribe-leaderboard', tier, month });
  }

  unfollowLeaderboard({ tier, month }: Leaderboard): void {
    this.leaderboards.delete(`${month} ${tier}`);
    this.send({ op: 'unsubscribe-leaderboard', tier, month });
  }

  private resubscribe(accountId: string): void {
    this.send({ op: 'unsubscribe-account', accountId });
    this.subscribe(accountId);
  }

  private subscribe(accountId: string): void {
    const known = this.accounts.get(accountId);
    if (!known || !this.isWelcome) return;
    known.isAsked = true;
    this.send({ op: 'subscribe-account', accountId, ...(known.version !== undefined && { since: known.version }) });
  }

  private async connect(): Promise<void> {
    const turn = ++this.turn;
    const ticket = await this.parts.ticket().catch(() => undefined);
    if (this.isStopped || turn !== this.turn) return;
    if (ticket === undefined) return this.reconnect();
    const socket = this.open(`${this.parts.url()}?ticket=${encodeURIComponent(ticket)}`);
    this.socket = socket;
    socket.onmessage = ({ data }) => socket === this.socket && this.take(JSON.parse(String(data)) as F);
    socket.onclose = ({ code }) => {
      if (socket !== this.socket) return;
      if (code === TOO_MANY) this.attempt = Math.max(this.attempt, TOO_MANY_ATTEMPT);
      this.reconnect();
    };
    this.expectFrame();
  }

  private take(message: F): void {
    this.expectFrame();
    const isGap = message.type !== 'welcome' && message.n !== this.lastN + 1;
    this.lastN = message.n;
    if (this.note(message as unknown as Understood)) this.parts.onMessage(message);
    if (isGap) this.subscribeAll();
  }

  /** Answers whether the message is for the one who follows. */
  private note(message: Understood): boolean {
    switch (message.type) {
      case 'welcome':
        this.begin();
        return false;
      case 'closing':
        this.waitMs = message.reconnectInMs;
        return true;
      case 'account-snapshot':
        this.reached(message.snapshot.accountId, message.snapshot.version);
        return true;
      case 'account-resumed':
        this.reached(message.accountId, this.accounts.get(message.accountId)?.version);
        return true;
      case 'account-event':
        return this.follows(message.accountId, message.accountVersion);
      default:
        return true;
    }
  }

  private reached(accountId: string, version: number | undefined): void {
    if (this.accounts.has(accountId)) this.accounts.set(accountId, { version, isAsked: false });
  }

  /** Whether it is the next event of the account: one that came before is dropped, and what was missed is asked for. */
  private follows(accountId: string, version: number): boolean {
    const known = this.accounts.get(accountId);
    if (known?.version === undefined || version <= known.version) return false;
    if (version === known.version + 1) {
      known.version = version;
      return true;
    }
    if (!known.isAsked) this.resubscribe(accountId);
    return false;
  }

  private begin(): void {
    this.isWelcome = true;
    this.parts.onStatus?.('live');
    this.timers.push(
      this.later(() => {
        this.attempt = 0;
      }, SETTLED_AFTER_MS),
    );
    this.subscribeAll();
  }

  private subscribeAll(): void {
    if (this.instruments.size > 0) this.send({ op: 'subscribe-quotes', instruments: [...this.instruments] });
    for (const accountId of this.accounts.keys()) this.resubscribe(accountId);
    for (const board of this.leaderboards.values()) this.send({ op: 'subscribe-leaderboard', ...board });
  }

  /** A connection that says nothing, not even pong, is dead although nobody closed it. */
  private expectFrame(): void {
    this.cancelSilence();
    const cancelPing = this.later(() => this.send({ op: 'ping', id: ++this.pingId }), PING_AFTER_MS);
    const cancelEnd = this.later(() => this.reconnect(), SILENCE_MAX_MS);
    this.cancelSilence = () => {
      cancelPing();
      cancelEnd();
    };
  }

  private reconnect(): void {
    this.drop();
    if (this.isStopped) return;
    this.parts.onStatus?.('reconnecting');
    const waitMs = this.waitMs ?? backoffMs(this.attempt++, this.random());
    this.waitMs = undefined;
    this.timers.push(this.later(() => void this.connect(), waitMs));
  }

  private drop(): void {
    for (const cancel of this.timers) cancel();
    this.timers = [];
    this.cancelSilence();
    this.isWelcome = false;
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
  }

  /** What is asked for before the welcome is asked for with it. */
  private send(message: object): void {
    if (this.isWelcome) this.socket?.send(JSON.stringify(message));
  }
}

function onTimer(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
