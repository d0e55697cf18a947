import type { KalshiFrame } from '../wire/frames';
import type { Command, Commands } from './commands';
import { type Place, Sequence } from './sequence';

/** What of each channel is told under one number, its subscription's `sid`. */
export type Channel = 'orderbook_delta' | 'trade' | 'market_lifecycle_v2';

const CHANNELS: readonly Channel[] = ['orderbook_delta', 'trade', 'market_lifecycle_v2'];

/** Which channel a message of this type is of; of the others their `sid` alone tells. */
const CHANNEL_OF: Partial<Record<KalshiFrame['type'], Channel>> = {
  orderbook_snapshot: 'orderbook_delta',
  orderbook_delta: 'orderbook_delta',
  trade: 'trade',
  market_lifecycle_v2: 'market_lifecycle_v2',
  event_lifecycle: 'market_lifecycle_v2',
  event_fee_update: 'market_lifecycle_v2',
};

/** Those that are subscribed for some markets. */
const OF_MARKETS = ['orderbook_delta', 'trade'] as const;

type Subscription = { readonly sid: number; readonly sequence: Sequence };

/** The subscriptions of one connection: which markets they are for, and where in its numbers each of them is. */
export class Channels {
  private readonly subscriptions = new Map<Channel, Subscription>();
  /** Subscriptions that were given up. */
  private readonly gone = new Set<number>();
  private readonly tickers = new Set<string>();
  /** For which markets each channel was asked. */
  private readonly asked = new Map<Channel, Set<string>>();

  constructor(private readonly commands: Commands) {}

  /** The connection is a new one: everything is subscribed on it. */
  begin(tickers: readonly string[]): void {
    this.commands.begin();
    for (const known of [this.subscriptions, this.gone, this.tickers, this.asked]) known.clear();
    this.subscribe('market_lifecycle_v2');
    this.add(tickers);
  }

  add(tickers: readonly string[]): void {
    for (const ticker of tickers) this.tickers.add(ticker);
    for (const channel of OF_MARKETS) this.agree(channel);
  }

  remove(tickers: readonly string[]): void {
    for (const ticker of tickers) this.tickers.delete(ticker);
    for (const channel of OF_MARKETS) this.agree(channel);
  }

  has = (ticker: string): boolean => this.tickers.has(ticker);

  /** Asks for whole books; whether there is a subscription to ask yet. */
  askSnapshots(market_tickers: readonly string[]): boolean {
    const { sid } = this.subscriptions.get('orderbook_delta') ?? {};
    if (sid === undefined) return false;
    this.commands.say({ cmd: 'update_subscription', params: { sid, market_tickers, action: 'get_snapshot' } });
    return true;
  }

  /** The venue gave the subscription up: another one begins. */
  renew(channel: Channel): void {
    const { sid } = this.subscriptions.get(channel) ?? {};
    this.subscriptions.delete(channel);
    this.asked.delete(channel);
    if (sid !== undefined) this.gone.add(sid);
    if (channel === 'market_lifecycle_v2') this.subscribe(channel);
    else this.agree(channel);
  }

  /**
   * The venue takes no more markets than it has: which of those that were asked for go without. Where none was taken
   * yet, half of them may be.
   */
  refused(command: Command | undefined): readonly string[] {
    const { channels, sid, market_tickers = [] } = command?.params ?? {};
    const channel = CHANNELS.find((one) => channels?.includes(one)) ?? this.channelOf(sid);
    const isAll = command?.cmd !== 'subscribe';
    const refused = market_tickers.slice(isAll ? 0 : Math.ceil(market_tickers.length / 2));
    if (channel && isAll) for (const ticker of refused) this.asked.get(channel)?.delete(ticker);
    else if (channel) this.asked.delete(channel);
    return refused;
  }

  channelOf = (sid: number | undefined): Channel | undefined =>
    [...this.subscriptions].find(([, subscription]) => subscription.sid === sid)?.[0];

  subscribed(name: string, sid: number): void {
    const channel = CHANNELS.find((one) => one === name);
    if (!channel || this.gone.has(sid) || this.subscriptions.get(channel)?.sid === sid) return;
    this.subscriptions.set(channel, { sid, sequence: new Sequence() });
    if (channel !== 'market_lifecycle_v2') this.agree(channel);
  }

  /**
   * Which channel a message is of, and where it is among those of its subscription; one of a subscription that is not
   * ours is as good as told before.
   */
  place({ type, sid, seq }: KalshiFrame): { readonly channel: Channel | undefined; readonly place: Place } {
    const channel = CHANNEL_OF[type] ?? this.channelOf(sid);
    if (channel === undefined || sid === undefined) return { channel, place: 'next' };
    if (!this.subscriptions.has(channel)) this.subscribed(channel, sid);
    const known = this.subscriptions.get(channel);
    return { channel, place: known?.sid === sid ? known.sequence.place(seq) : 'repeated' };
  }

  /** Something came that nobody could read: any subscription may lack a number. */
  doubt(): void {
    for (const { sequence } of this.subscriptions.values()) sequence.doubt();
  }

  /** Has the channel tell of the markets that are wanted, and of no other. */
  private agree(channel: Channel): void {
    const [asked, subscription] = [this.asked.get(channel), this.subscriptions.get(channel)];
    if (!asked && this.tickers.size > 0) this.subscribe(channel);
    if (!asked || !subscription) return;
    const missing = [...this.tickers].filter((ticker) => !asked.has(ticker));
    const surplus = [...asked].filter((ticker) => !this.tickers.has(ticker));
    this.asked.set(channel, new Set(this.tickers));
    const change = (action: 'add_markets' | 'delete_markets', market_tickers: readonly string[]) => {
      if (market_tickers.length === 0) return;
      this.commands.say({ cmd: 'update_subscription', params: { sid: subscription.sid, market_tickers, action } });
    };
    change('add_markets', missing);
    change('delete_markets', surplus);
  }

  private subscribe(channel: Channel): void {
    this.asked.set(channel, new Set(this.tickers));
    const of = { market_tickers: [...this.tickers], ...(channel === 'orderbook_delta' && NO_AT_ITS_OWN) };
    this.commands.say({
      cmd: 'subscribe',
      params: { channels: [channel], ...(channel !== 'market_lifecycle_v2' && of) },
    });
  }
}

const NO_AT_ITS_OWN = { use_yes_price: false } as const;
