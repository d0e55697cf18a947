import type { Faults } from '../faults';
import type { Quirks } from './quirks';

export type Channel = 'orderbook_delta' | 'trade' | 'market_lifecycle_v2';
const CHANNELS: readonly string[] = ['orderbook_delta', 'trade', 'market_lifecycle_v2'];

export type Subscription = {
  readonly sid: number;
  readonly channel: Channel;
  /** Undefined: all markets. */
  readonly tickers: Set<string> | undefined;
  seq: number;
};

type Request = {
  readonly id?: number;
  readonly cmd?: string;
  readonly params?: {
    readonly channels?: readonly string[];
    readonly market_tickers?: readonly string[];
    readonly sid?: number;
    readonly sids?: readonly number[];
    readonly action?: string;
  };
};

export type ClientParts = {
  readonly quirks: Quirks;
  readonly faults: Faults;
  readonly now: () => number;
  readonly hasMarket: (ticker: string) => boolean;
  /** Sends one message, which is about this market. */
  readonly send: (message: object, about: string) => void;
  /** The whole book of a market, in the venue's words. */
  readonly book: (ticker: string) => object;
};

/** One connection: what it has subscribed, and what it is answered. */
export class Client {
  private readonly subscriptions = new Map<number, Subscription>();
  private lastSid = 0;
  private asked: number[] = [];

  constructor(private readonly parts: ClientParts) {}

  /** Tells it to whoever has subscribed it. */
  tell(channel: Channel, ticker: string, type: string, msg: object): void {
    for (const subscription of this.subscriptions.values()) {
      const isFor = subscription.channel === channel && (subscription.tickers?.has(ticker) ?? true);
      if (isFor) this.parts.send(this.numbered(subscription, type, msg), ticker);
    }
  }

  /** The venue gives a subscription up, as it does when somebody reads too slowly. */
  end(channel: Channel, code: number): void {
    for (const { sid, channel: its } of this.subscriptions.values()) {
      if (its !== channel) continue;
      this.subscriptions.delete(sid);
      this.parts.send({ type: 'error', sid, msg: { code, msg: 'Subscription buffer overflow' } }, '');
    }
  }

  take(text: string): void {
    let request: Request;
    try {
      request = JSON.parse(text) as Request;
    } catch {
      this.refuse(undefined, 1, 'Unable to process message');
      return;
    }
    const now = this.parts.now();
    this.asked = [...this.asked.filter((at) => now - at < 1_000), now];
    if (this.asked.length > this.parts.quirks.commandsMax) this.refuse(request.id, 27, 'Too many requests');
    else if (request.cmd === 'subscribe') this.subscribe(request);
    else if (request.cmd === 'update_subscription') this.update(request);
    else if (request.cmd === 'unsubscribe') this.unsubscribe(request);
    else this.refuse(request.id, 5, 'Unknown command');
  }

  private subscribe({ id, params = {} }: Request): void {
    const { channels = [], market_tickers } = params;
    const fault = faultOf(channels, market_tickers);
    if (fault) this.refuse(id, ...fault);
    if (fault || !this.areTaken(id, market_tickers ?? [])) return;
    for (const channel of channels as readonly Channel[]) {
      this.lastSid += 1;
      const tickers = channel === 'market_lifecycle_v2' || !market_tickers ? undefined : new Set(market_tickers);
      const subscription: Subscription = { sid: this.lastSid, channel, tickers, seq: 0 };
      this.subscriptions.set(subscription.sid, subscription);
      this.parts.send({ id, type: 'subscribed', msg: { channel, sid: subscription.sid } }, '');
      if (channel === 'orderbook_delta') for (const ticker of tickers ?? []) this.sendBook(subscription, ticker);
    }
  }

  private update({ id, params = {} }: Request): void {
    const { sid = 0, action, market_tickers = [] } = params;
    const subscription = this.subscriptions.get(sid);
    if (!subscription) this.refuse(id, 7, 'Unknown subscription ID');
    else if (action === 'get_snapshot') {
      const asked = market_tickers.filter((ticker) => subscription.tickers?.has(ticker));
      for (const ticker of asked) this.sendBook(subscription, ticker, id);
    } else if (action === 'add_markets') this.add(subscription, market_tickers, id);
    else if (action === 'delete_markets') {
      for (const ticker of market_tickers) subscription.tickers?.delete(ticker);
      this.agree(subscription, id);
    } else this.refuse(id, 13, 'Invalid action');
  }

  private add(subscription: Subscription, tickers: readonly string[], id: number | undefined): void {
    const added = tickers.filter((ticker) => !subscription.tickers?.has(ticker));
    if (!this.areTaken(id, [...(subscription.tickers ?? []), ...added])) return;
    for (const ticker of added) subscription.tickers?.add(ticker);
    this.agree(subscription, id);
    if (subscription.channel === 'orderbook_delta') for (const ticker of added) this.sendBook(subscription, ticker);
  }

  /** The answer to a change has a number of the subscription, and names all its markets. */
  private agree(subscription: Subscription, id: number | undefined): void {
    this.parts.send(
      { id, ...this.numbered(subscription, 'ok', { market_tickers: [...(subscription.tickers ?? [])] }) },
      '',
    );
  }

  private unsubscribe({ id, params = {} }: Request): void {
    for (const sid of params.sids ?? []) {
      const subscription = this.subscriptions.get(sid);
      this.subscriptions.delete(sid);
      if (!subscription) this.refuse(id, 7, 'Unknown subscription ID');
      else this.parts.send({ id, sid, seq: ++subscription.seq, type: 'unsubscribed' }, '');
    }
  }

  private areTaken(id: number | undefined, tickers: readonly string[]): boolean {
    const unknown = tickers.find((ticker) => !this.parts.hasMarket(ticker));
    if (unknown !== undefined) this.refuse(id, 16, 'Market not found', unknown);
    else if (new Set(tickers).size > this.parts.quirks.marketsMax) this.refuse(id, 26, 'Market limit exceeded');
    else return true;
    return false;
  }

  /** One that is told late has a number of before, and the levels of then. */
  private sendBook(subscription: Subscription, ticker: string, id?: number): void {
    const isStale = id !== undefined && this.parts.faults.take('stale');
    const msg = { market_ticker: ticker, market_id: ticker, ...(isStale ? LONG_AGO : this.parts.book(ticker)) };
    const { sid, seq } = subscription;
    const message = isStale
      ? { type: 'orderbook_snapshot', sid, seq, msg }
      : this.numbered(subscription, 'orderbook_snapshot', msg);
    this.parts.send({ ...(id !== undefined && { id }), ...message }, ticker);
  }

  private numbered(subscription: Subscription, type: string, msg: object): object {
    const isJump = type === 'orderbook_delta' && this.parts.faults.take('jump');
    subscription.seq += isJump ? 6 : 1;
    return { type, sid: subscription.sid, seq: subscription.seq, msg };
  }

  private refuse(id: number | undefined, code: number, msg: string, market_ticker?: string): void {
    this.parts.send({ id, type: 'error', msg: { code, msg, ...(market_ticker && { market_ticker }) } }, '');
  }
}

/** What is wrong with a wish, as the venue says it. */
function faultOf(channels: readonly string[], tickers: readonly string[] | undefined): [number, string] | undefined {
  if (channels.length === 0) return [3, 'Channels required'];
  if (!channels.every((channel) => CHANNELS.includes(channel))) return [8, 'Unknown channel name'];
  return channels.includes('orderbook_delta') && !tickers?.length ? [14, 'Market ticker required'] : undefined;
}

const LONG_AGO = { yes_dollars_fp: [['0.0100', '1.00']], no_dollars_fp: [['0.0100', '1.00']] } as const;
