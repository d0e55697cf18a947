import { type Candle, CandleLog } from '../lens/candle-log';
import type { Lens } from '../lens/lens';
import type { OutcomeListing } from '../truth/listing';
import { decimalText } from '../truth/truth';
import { priceText } from './market-view';

type Answer = { readonly status: number; readonly body: unknown };

/** In minutes. */
const PERIODS: readonly number[] = [1, 60, 1_440];
const CANDLES_MAX = 5_000;

const refused = (message: string): Answer => ({
  status: 400,
  body: { error: { code: 'bad_request', message, service: 'candlesticks' } },
});

/** Kalshi's candlesticks: what was paid, and where YES could be bought and sold meanwhile. */
export class Candlesticks {
  private readonly trades: CandleLog;
  private readonly bids: CandleLog;
  private readonly asks: CandleLog;

  constructor(
    private readonly lens: Lens,
    now: () => number,
  ) {
    const before = (by: number) => (listing: OutcomeListing, minutes: number) => {
      const candle = lens.past(listing, minutes);
      if (!candle) return undefined;
      const { open, high, low, close } = candle;
      return { ...candle, open: open + by, high: high + by, low: low + by, close: close + by };
    };
    const log = (by: number) =>
      new CandleLog((listing, minutes) => before(by)(listing as OutcomeListing, minutes), now);
    [this.trades, this.bids, this.asks] = [log(0), log(0), log(1)];
    lens.listen({
      traded: (trade) => {
        if (trade.listing.kind === 'outcome') this.trades.add(trade);
      },
      changed: (listing) => {
        if (listing.kind === 'outcome') this.quote(listing);
      },
    });
  }

  /** `GET /series/{series}/markets/{ticker}/candlesticks`: those that end within the times asked for. */
  answer(listing: OutcomeListing, ticker: string, query: URLSearchParams): Answer {
    const [from, to] = [Number(query.get('start_ts') ?? Number.NaN), Number(query.get('end_ts') ?? Number.NaN)];
    const minutes = Number(query.get('period_interval'));
    if (!Number.isInteger(from) || !Number.isInteger(to) || from > to) return refused('start_ts must be before end_ts');
    if (!PERIODS.includes(minutes)) return refused('period_interval must be one of 1, 60, 1440');
    const period = minutes * 60;
    if ((to - from) / period > CANDLES_MAX) return refused(`more than ${CANDLES_MAX} candlesticks requested`);
    const span = { minutes, from: from - period, to: to - period + 1 };
    const [bids, asks] = [this.bids, this.asks].map((log) => log.filled(listing, span)) as [Candle[], Candle[]];
    const traded = new Map(this.trades.candles(listing, span).map((candle) => [candle.at, candle]));
    const before = this.trades.filled(listing, { ...span, from: span.from - period });
    const closes = new Map(before.map(({ at, close }) => [at + period, close]));
    const asked = new Map(asks.map((candle) => [candle.at, candle]));
    const candlesticks = bids.map((bid) => ({
      end_period_ts: bid.at + period,
      yes_bid: pricesOf(listing, bid),
      yes_ask: pricesOf(listing, asked.get(bid.at) ?? bid),
      price: this.paid(listing, traded.get(bid.at), closes.get(bid.at)),
      volume_fp: decimalText(traded.get(bid.at)?.volume ?? 0, listing.qtyDecimals),
      open_interest_fp: `${listing.liquidity}.00`,
    }));
    return { status: 200, body: { ticker, candlesticks } };
  }

  /** Null where nobody traded. */
  private paid(listing: OutcomeListing, candle: Candle | undefined, previous: number | undefined): object {
    const text = (tick: number | undefined) => (tick === undefined ? null : priceText(tick, listing.priceDecimals));
    const mean = candle && candle.volume > 0 ? Math.round(candle.cost / candle.volume) : undefined;
    return {
      open_dollars: text(candle?.open),
      low_dollars: text(candle?.low),
      high_dollars: text(candle?.high),
      close_dollars: text(candle?.close),
      mean_dollars: text(mean),
      previous_dollars: text(previous),
    };
  }

  private quote(listing: OutcomeListing): void {
    const [bid, ask] = (['bid', 'ask'] as const).map((side) => this.lens.levels(listing.id, side)[0]?.tick);
    if (bid !== undefined) this.bids.add({ listing, tick: bid, size: 0 });
    if (ask !== undefined) this.asks.add({ listing, tick: ask, size: 0 });
  }
}

const pricesOf = ({ priceDecimals }: OutcomeListing, { open, low, high, close }: Candle): object => ({
  open_dollars: priceText(open, priceDecimals),
  low_dollars: priceText(low, priceDecimals),
  high_dollars: priceText(high, priceDecimals),
  close_dollars: priceText(close, priceDecimals),
});
