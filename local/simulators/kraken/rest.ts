import type { Candle, CandleLog } from '../lens/candle-log';
import type { SpotListing } from '../truth/listing';
import { decimalText } from '../truth/truth';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** In minutes. */
const INTERVALS: readonly number[] = [1, 5, 15, 30, 60, 240, 1_440, 10_080, 21_600];
const ROWS_MAX = 720;
/** The venue's own names of old assets. */
const OLD_NAMES: Readonly<Record<string, string>> = { BTC: 'XXBT', ETH: 'XETH' };
const OLD_PAIRS: Readonly<Record<string, string>> = {
  'BTC/USD': 'XXBTZUSD',
  'ETH/USD': 'XETHZUSD',
  'USDT/USD': 'USDTZUSD',
};

const refused = (error: string): Answer => ({ status: 200, body: { error: [error] } });

/** Kraken's public REST: candles. A refusal is an answer of status 200 with an error in it. */
export class KrakenRest {
  /** What every request gets while this is set. */
  refusal: { readonly status: number; readonly retryAfter?: string | undefined } | undefined;

  constructor(
    private readonly spots: () => readonly SpotListing[],
    private readonly candles: CandleLog,
    private readonly now: () => number,
  ) {}

  answer({ pathname, searchParams }: URL): Answer {
    if (this.refusal) {
      const { status, retryAfter } = this.refusal;
      const headers: Readonly<Record<string, string>> = retryAfter ? { 'retry-after': retryAfter } : {};
      return { status, body: { error: ['EAPI:Rate limit exceeded'] }, headers };
    }
    if (pathname !== '/0/public/OHLC') return { status: 404, body: { error: ['EGeneral:Unknown method'] } };
    const asked = searchParams.get('pair') ?? '';
    const listing = this.spots().find((spot) => namesOf(spot).includes(asked.toUpperCase()));
    if (!listing) return refused('EQuery:Unknown asset pair');
    const interval = Number(searchParams.get('interval') ?? 1);
    const since = Number(searchParams.get('since') ?? 0);
    if (!INTERVALS.includes(interval) || !Number.isInteger(since)) return refused('EGeneral:Invalid arguments');
    const key = asked.includes('/') ? asked : (OLD_PAIRS[listing.symbol] ?? listing.symbol.replace('/', ''));
    return { status: 200, body: { error: [], result: this.rows(listing, { interval, since, key }) } };
  }

  /** The current candle is among them whatever is asked for; `last` names the latest one that is whole. */
  private rows(
    listing: SpotListing,
    { interval, since, key }: { readonly interval: number; readonly since: number; readonly key: string },
  ): object {
    const to = Math.floor(this.now() / 1_000) + 1;
    const all = this.candles.filled(listing, { minutes: interval, from: 0, to }).slice(-ROWS_MAX);
    const last = all.at(-2)?.at ?? 0;
    const wanted = all.filter(({ at }, index) => at > since || index === all.length - 1);
    return { [key]: wanted.map((candle) => rowOf(listing, candle)), last };
  }
}

/** `XBTUSD`, `XXBTZUSD`, `XBT/USD`, `BTC/USD` and the like. */
function namesOf({ symbol }: SpotListing): readonly string[] {
  const [base = '', quote = ''] = symbol.split('/');
  const bases = [base, ...(base === 'BTC' ? ['XBT'] : [])];
  const old = OLD_NAMES[base];
  return [...bases.flatMap((name) => [`${name}${quote}`, `${name}/${quote}`]), `${old ?? base}Z${quote}`];
}

function rowOf({ priceDecimals, qtyDecimals }: SpotListing, candle: Candle): readonly (string | number)[] {
  const price = (tick: number): string => decimalText(Math.round(tick), priceDecimals);
  const { at, open, high, low, close, volume, trades, cost } = candle;
  const mean = volume === 0 ? '0.0' : price(cost / volume);
  return [at, price(open), price(high), price(low), price(close), mean, decimalText(volume, qtyDecimals), trades];
}
