/**
 * The catalogue of what can be traded. Orders name instruments without a foreign key: see docs/adr/0006. `is_told` is
 * false while the topic has not heard of the row's status and payout, so that no end of a market is ever kept quiet.
 */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS instruments (
    instrument TEXT PRIMARY KEY,
    venue TEXT NOT NULL CHECK (venue IN ('binance', 'kraken', 'coinbase', 'polymarket', 'kalshi')),
    venue_symbol TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('spot', 'outcome')),
    title TEXT NOT NULL,
    price_tick INT8 NOT NULL CHECK (price_tick > 0),
    price_bands JSONB,
    qty_step INT8 NOT NULL CHECK (qty_step > 0),
    qty_min INT8 NOT NULL CHECK (qty_min > 0),
    taker_fee_kind TEXT NOT NULL CHECK (taker_fee_kind IN ('proportional', 'probability', 'probability_cent')),
    taker_fee_ppm INT8 NOT NULL CHECK (taker_fee_ppm >= 0),
    maker_fee_kind TEXT NOT NULL CHECK (maker_fee_kind IN ('proportional', 'probability', 'probability_cent')),
    maker_fee_ppm INT8 NOT NULL CHECK (maker_fee_ppm >= 0),
    status TEXT NOT NULL CHECK (status IN ('open', 'halted', 'closed', 'pending', 'disputed', 'resolved')),
    payout_kind TEXT CHECK (payout_kind IN ('pays', 'void')),
    payout_price INT8 CHECK (payout_price >= 0),
    outcome JSONB,
    changed_at TIMESTAMPTZ NOT NULL,
    is_told BOOL NOT NULL,
    CHECK ((kind = 'outcome') = (outcome IS NOT NULL)),
    CHECK (kind = 'spot' OR payout_price <= 100000000),
    CHECK ((status = 'resolved') = (payout_kind IS NOT NULL)),
    CHECK ((payout_price IS NOT NULL) = (COALESCE(payout_kind, '') = 'pays'))
  )`,
  'CREATE INDEX IF NOT EXISTS instruments_untold ON instruments (instrument) WHERE NOT is_told',
];
