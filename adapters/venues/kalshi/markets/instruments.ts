import { idOf } from '../../../../domain/kernel/ids';
import { qty } from '../../../../domain/kernel/money';
import type { Instrument, Outcome } from '../../../../domain/market/instrument';
import type { KalshiEvent, KalshiMarket, KalshiSeries } from '../wire/rest';
import { feesOf } from './fees';
import { gridOf } from './grid';
import { stateOf } from './lifecycle';

/** A market with all that its instruments are made of. */
export type Listed = { readonly market: KalshiMarket; readonly event: KalshiEvent; readonly series: KalshiSeries };

/** Both outcomes of one market, YES first. */
export type Pair = readonly [yes: Instrument, no: Instrument];

/** Contracts are traded in hundredths, where they are divided at all. */
const HUNDREDTH = qty(10n ** 6n);
const CONTRACT = qty(10n ** 8n);

const NO_CATEGORY = 'Other';

/** An instrument id goes into URLs, topics and keys; a dot of a ticker is a `p` in it, which no ticker has. */
const TICKER = /^[A-Z0-9.-]{1,160}$/;

/** Why a market cannot be followed, as the end of a sentence about it; undefined when it can be. */
export function whyNot({ market, event, series }: Listed): string | undefined {
  if (!TICKER.test(market.ticker)) return 'its ticker is unfit for an id';
  if (market.mve_collection_ticker) return 'it is a combination of other markets';
  if (gridOf(market, 'yes') === undefined) return 'we cannot hold the steps of its price';
  return feesOf(series, event) === undefined ? 'its fee follows a schedule that we do not know' : undefined;
}

/** Both outcomes as instruments; undefined when the market cannot be followed. */
export function instrumentsFrom(listed: Listed, nowMs: number): Pair | undefined {
  const { market, event, series } = listed;
  const grids = { yes: gridOf(market, 'yes'), no: gridOf(market, 'no') };
  const fees = feesOf(series, event);
  if (whyNot(listed) !== undefined || !grids.yes || !grids.no || !fees) return undefined;
  const known = { yes: grids.yes, no: grids.no };
  const state = stateOf(market, nowMs);
  const question = questionOf(listed);
  const step = market.fractional_trading_enabled === false ? CONTRACT : HUNDREDTH;
  const outcome = (side: Outcome['side']): Instrument => ({
    id: idOf(`KALSHI-${market.ticker.replaceAll('.', 'p')}-${side.toUpperCase()}`),
    venue: 'kalshi',
    venueSymbol: `${market.ticker} ${side}`,
    kind: 'outcome',
    title: `${question} ${side.toUpperCase()}`,
    ...known[side],
    qtyStep: step,
    qtyMin: step,
    ...fees,
    status: state.status,
    payout: state.status === 'resolved' ? state[side] : null,
    outcome: {
      marketId: market.ticker,
      eventId: market.event_ticker,
      category: event.category || series.category || NO_CATEGORY,
      question,
      side,
    },
  });
  return [outcome('yes'), outcome('no')];
}

/** The markets of one event ask the same, and differ in what YES stands for. */
function questionOf({ market, event, series }: Listed): string {
  const title = event.title || market.title || series.title || market.ticker;
  return market.yes_sub_title && !title.includes(market.yes_sub_title) ? `${title}: ${market.yes_sub_title}` : title;
}

/** The ticker of the market that an instrument is an outcome of. */
export const tickerOf = ({ outcome, venueSymbol }: Instrument): string =>
  outcome?.marketId ?? venueSymbol.split(' ')[0] ?? venueSymbol;

/** Instruments of whole markets, market by market. */
export function pairsOf(instruments: readonly Instrument[]): ReadonlyMap<string, Pair> {
  const of = (side: Outcome['side']) =>
    new Map(instruments.flatMap((each) => (each.outcome?.side === side ? [[tickerOf(each), each] as const] : [])));
  const nos = of('no');
  return new Map(
    [...of('yes')].flatMap(([ticker, yes]) => {
      const no = nos.get(ticker);
      return no ? [[ticker, [yes, no]] as const] : [];
    }),
  );
}
