import type { ClientMessage, ServerMessage } from '../../contracts/ws/messages';
import { backoffMs } from './backoff';

export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'stopped';

/** The part of a browser's WebSocket that is used, so that tests bring their own. */
export type Socket = {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  send(text: string): void;
  close(): void;
};

type Parts = {
  /** A ticket for one connection; undefined when none can be had now. */
  readonly ticket: () => Promise<string | undefined>;
  readonly open: (ticket: string) => Socket;
  /** Runs `act` later; the function it returns cancels that. */
  readonly later: (act: () => void, ms: number) => () => void;
  readonly random: () => number;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onStatus: (status: LiveStatus) => void;
};

/** A line that says nothing for so long is asked whether it lives, and given up when it does not answer. */
const PING_AFTER_MS = 5_000;
const SILENCE_MAX_MS = 12_000;
/** A connection that lasts this long was a good one: the next loss starts with a short wait again. */
const SETTLED_AFTER_MS = 10_000;

/** One connection to the gateway that heals itself: it reconnects, subscribes again, and notices lost frames. */
export class LiveClient {
  private readonly instruments = new Set<string>();
  /** By account, the version that is known of it; undefined: it is to be told whole. */
  private readonly accounts = new Map<string, number | undefined>();
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

  constructor(private readonly parts: Parts) {}

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.parts.onStatus('connecting');
    void this.connect();
  }

  stop(): void {
    this.isStopped = true;
    this.drop();
    this.parts.onStatus('stopped');
  }

  followQuotes(instruments: readonly string[]): void {
    const added = instruments.filter((instrument) => !this.instruments.has(instrument));
    for (const instrument of added) this.instruments.add(instrument);
    if (this.isWelcome && added.length > 0) this.send({ op: 'subscribe-quotes', instruments: added });
  }

  /** Follows an account that is known as of the version `since`. */
  followAccount(accountId: string, since?: number): void {
    this.accounts.set(accountId, since);
    if (this.isWelcome) this.subscribe(accountId);
  }

  /** Asks for a fresh snapshot. */
  refollowAccount(accountId: string): void {
    this.accounts.set(accountId, undefined);
    if (this.isWelcome) this.resubscribe(accountId);
  }

  private resubscribe(accountId: string): void {
    this.send({ op: 'unsubscribe-account', accountId });
    this.subscribe(accountId);
  }

  private subscribe(accountId: string): void {
    const since = this.accounts.get(accountId);
    this.send({ op: 'subscribe-account', accountId, ...(since !== undefined && { since }) });
  }

  private async connect(): Promise<void> {
    const turn = ++this.turn;
    const ticket = await this.parts.ticket().catch(() => undefined);
    if (this.isStopped || turn !== this.turn) return;
    if (ticket === undefined) return this.reconnect();
    const socket = this.parts.open(ticket);
    this.socket = socket;
    socket.onmessage = ({ data }) => socket === this.socket && this.take(JSON.parse(String(data)) as ServerMessage);
    socket.onclose = () => {
      if (socket === this.socket) this.reconnect();
    };
    this.expectFrame();
  }

  private take(message: ServerMessage): void {
    this.expectFrame();
    if (message.type === 'welcome') {
      this.begin(message);
      return;
    }
    const isGap = message.n !== this.lastN + 1;
    this.lastN = message.n;
    this.note(message);
    this.parts.onMessage(message);
    if (isGap) this.subscribeAll();
  }

  /** Only what follows on what is known moves it on: whatever was missed is asked for. */
  private note(message: ServerMessage): void {
    if (message.type === 'closing') this.waitMs = message.reconnectInMs;
    if (message.type === 'account-snapshot') this.accounts.set(message.snapshot.accountId, message.snapshot.version);
    if (message.type !== 'account-event') return;
    const { accountId, accountVersion } = message;
    if (this.accounts.get(accountId) === accountVersion - 1) this.accounts.set(accountId, accountVersion);
  }

  private begin(message: ServerMessage): void {
    this.lastN = message.n;
    this.isWelcome = true;
    this.parts.onStatus('live');
    this.timers.push(
      this.parts.later(() => {
        this.attempt = 0;
      }, SETTLED_AFTER_MS),
    );
    this.subscribeAll();
  }

  private subscribeAll(): void {
    if (this.instruments.size > 0) this.send({ op: 'subscribe-quotes', instruments: [...this.instruments] });
    for (const accountId of this.accounts.keys()) this.resubscribe(accountId);
  }

  /** A connection that says nothing, not even pong, is dead although nobody closed it. */
  private expectFrame(): void {
    this.cancelSilence();
    const cancelPing = this.parts.later(() => {
      if (this.isWelcome) this.send({ op: 'ping', id: ++this.pingId });
    }, PING_AFTER_MS);
    const cancelEnd = this.parts.later(() => this.reconnect(), SILENCE_MAX_MS);
    this.cancelSilence = () => {
      cancelPing();
      cancelEnd();
    };
  }

  private reconnect(): void {
    this.drop();
    if (this.isStopped) return;
    this.parts.onStatus('reconnecting');
    const waitMs = this.waitMs ?? backoffMs(this.attempt++, this.parts.random());
    this.waitMs = undefined;
    this.timers.push(this.parts.later(() => void this.connect(), waitMs));
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

  private send(message: ClientMessage): void {
    this.socket?.send(JSON.stringify(message));
  }
}
