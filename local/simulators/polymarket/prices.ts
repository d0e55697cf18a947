import type { CandleLog } from '../lens/candle-log';
import type { Token } from './market-view';

type Answer = { readonly status: number; readonly body: unknown };
type Known = { readonly log: CandleLog; readonly now: number };

const DAY = 86_400;
/** Seconds back from now; `1m` is a month. */
const INTERVALS: Readonly<Record<string, number>> = {
  '1h': 3_600,
  '6h': 6 * 3_600,
  '1d': DAY,
  '1w': 7 * DAY,
  '1m': 30 * DAY,
  max: Number.MAX_SAFE_INTEGER,
  all: Number.MAX_SAFE_INTEGER,
};

const refused = (error: string): Answer => ({ status: 400, body: { error } });

/** `GET /prices-history`: the price of a token at each `fidelity` minutes, oldest first. */
export function pricesOf(token: Token | undefined, query: URLSearchParams, { log, now }: Known): Answer {
  if (!query.get('market')) return refused("invalid filters: 'market' is required");
  const [start, end, interval] = [query.get('startTs'), query.get('endTs'), query.get('interval')];
  if (start === null && interval === null) return refused("invalid filters: 'startTs' or 'interval' is required");
  const back = interval === null ? undefined : INTERVALS[interval];
  if (interval !== null && back === undefined) return refused(`invalid filters: 'interval' is not valid: ${interval}`);
  const minutes = Number(query.get('fidelity') ?? 1);
  if (!Number.isInteger(minutes) || minutes < 1)
    return refused("invalid filters: 'fidelity' must be a positive integer");
  if (!token) return { status: 200, body: { history: [] } };
  const seconds = Math.floor(now / 1_000);
  const to = Math.min(Number(end ?? seconds), seconds);
  const from = start === null ? seconds - (back ?? 0) : Number(start);
  if (Number.isNaN(from) || Number.isNaN(to)) return refused("invalid filters: 'startTs' must be a timestamp");
  const { priceDecimals } = token.listing;
  const price = (tick: number): number => {
    const shown = token.side === 'yes' ? tick : 10 ** priceDecimals - tick;
    return Number((shown / 10 ** priceDecimals).toFixed(priceDecimals));
  };
  const candles = log.filled(token.listing, { minutes, from: Math.max(0, from), to: to + 1 });
  return { status: 200, body: { history: candles.map(({ at, open }) => ({ t: at, p: price(open) })) } };
}
