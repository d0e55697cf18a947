import type { CandleLog } from '../lens/candle-log';
import type { SpotListing } from '../truth/listing';
import { decimalText } from '../truth/truth';

/** In minutes. */
const GRANULARITIES: Readonly<Record<string, number>> = {
  ONE_MINUTE: 1,
  FIVE_MINUTE: 5,
  FIFTEEN_MINUTE: 15,
  THIRTY_MINUTE: 30,
  ONE_HOUR: 60,
  TWO_HOUR: 120,
  FOUR_HOUR: 240,
  SIX_HOUR: 360,
  ONE_DAY: 1_440,
};
const CANDLES_MAX = 350;

type Answer = { readonly status: number; readonly body: unknown };

const refused = (status: number, error: string, message: string): Answer => ({
  status,
  body: { error, error_details: message, message },
});

/** `GET /market/products/{id}/candles`: newest first; times without a trade are left out. */
export function candlesOf(product: SpotListing | undefined, query: URLSearchParams, log: CandleLog): Answer {
  if (!product) return refused(404, 'NOT_FOUND', 'valid product_id is required');
  const [from, to] = [Number(query.get('start') ?? Number.NaN), Number(query.get('end') ?? Number.NaN)];
  const minutes = GRANULARITIES[query.get('granularity') ?? ''];
  if (!Number.isInteger(from) || !Number.isInteger(to) || from > to) {
    return refused(400, 'INVALID_ARGUMENT', 'start and end must be UNIX timestamps, start the earlier');
  }
  if (minutes === undefined) return refused(400, 'INVALID_ARGUMENT', 'invalid granularity');
  if ((to - from) / (minutes * 60) > CANDLES_MAX) {
    return refused(400, 'INVALID_ARGUMENT', `number of candles requested should be less than ${CANDLES_MAX}`);
  }
  const limit = Math.min(Number(query.get('limit') ?? CANDLES_MAX), CANDLES_MAX);
  const price = (tick: number): string => decimalText(tick, product.priceDecimals);
  // The end is part of what is asked for.
  const candles = log
    .candles(product, { minutes, from, to: to + 1 })
    .slice(-limit)
    .reverse();
  return {
    status: 200,
    body: {
      candles: candles.map(({ at, low, high, open, close, volume }) => ({
        start: `${at}`,
        low: price(low),
        high: price(high),
        open: price(open),
        close: price(close),
        volume: decimalText(volume, product.qtyDecimals),
      })),
    },
  };
}
