/** The catalogue of what can be traded. Orders name instruments without a foreign key: see docs/adr/0006. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS instruments (
    instrument TEXT PRIMARY KEY,
    venue TEXT NOT NULL CHECK (venue IN ('kraken', 'polymarket')),
    venue_symbol TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('spot', 'outcome')),
    title TEXT NOT NULL,
    price_tick INT8 NOT NULL CHECK (price_tick > 0),
    qty_step INT8 NOT NULL CHECK (qty_step > 0),
    qty_min INT8 NOT NULL CHECK (qty_min > 0),
    fee_kind TEXT NOT NULL CHECK (fee_kind IN ('proportional', 'probability')),
    fee_rate_ppm INT8 NOT NULL CHECK (fee_rate_ppm >= 0),
    status TEXT NOT NULL CHECK (status IN ('open', 'halted', 'closed')),
    outcome JSONB,
    CHECK ((kind = 'outcome') = (outcome IS NOT NULL))
  )`,
];
