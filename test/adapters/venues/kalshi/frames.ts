import { KALSHI_NAMES } from '../../../../local/simulators/kalshi/names';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';

/** A market that the simulator lists. */
const market_ticker = KALSHI_NAMES[OUTCOMES[2]?.id ?? '']?.ticker ?? '';

const said = (type: string, sid: number, seq: number, msg: object): string => JSON.stringify({ type, sid, seq, msg });

/** Messages as Kalshi documents them, one of each kind. */
export const KALSHI_FRAMES: readonly string[] = [
  said('orderbook_snapshot', 2, 1, {
    market_ticker,
    market_id: '7f0c',
    yes_dollars_fp: [
      ['0.4100', '50.00'],
      ['0.4200', '13.00'],
    ],
    no_dollars_fp: [
      ['0.5500', '20.00'],
      ['0.5600', '17.00'],
    ],
  }),
  said('orderbook_delta', 2, 2, {
    market_ticker,
    market_id: '7f0c',
    price_dollars: '0.4200',
    delta_fp: '-13.00',
    side: 'yes',
    ts_ms: 1_795_428_000_000,
  }),
  said('trade', 3, 1, {
    trade_id: 't-1',
    market_ticker,
    yes_price_dollars: '0.4400',
    no_price_dollars: '0.5600',
    count_fp: '3.50',
    taker_outcome_side: 'yes',
    taker_book_side: 'bid',
    is_block_trade: false,
    ts_ms: 1_795_428_000_100,
  }),
  said('market_lifecycle_v2', 1, 8, { market_ticker, event_type: 'close_date_updated', close_ts: 1_895_453_200 }),
  said('event_fee_update', 1, 9, { event_ticker: 'KXOTHER-1', fee_type_override: null, fee_multiplier_override: null }),
  JSON.stringify({ id: 1, type: 'subscribed', msg: { channel: 'orderbook_delta', sid: 1 } }),
  JSON.stringify({ id: 2, sid: 1, seq: 9, type: 'ok', msg: { market_tickers: [market_ticker] } }),
  JSON.stringify({ id: 5, type: 'error', msg: { code: 8, msg: 'Unknown channel name' } }),
];
