/**
 * Minutes and hours of each instrument's mid, and what venues tell of theirs. A run of market-data writes rows of its
 * own: two that overlap take nothing from one another. A volume of cheap coins is larger than any INT8.
 */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS candles (
    instrument TEXT NOT NULL,
    resolution TEXT NOT NULL CHECK (resolution IN ('1m', '5m', '15m', '1h', '4h', '1d')),
    at TIMESTAMPTZ NOT NULL,
    run UUID NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('mark', 'venue')),
    revision INT8 NOT NULL,
    open INT8,
    high INT8,
    low INT8,
    close INT8,
    open_at TIMESTAMPTZ,
    close_at TIMESTAMPTZ,
    volume DECIMAL,
    trades INT8,
    is_whole BOOL NOT NULL,
    PRIMARY KEY (instrument, resolution, at, run)
  )`,
  // For the sweep, which takes the oldest.
  'CREATE INDEX IF NOT EXISTS candles_by_age ON candles (resolution, at)',
];
