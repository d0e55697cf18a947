import type { Redis } from 'ioredis';
import type { InstrumentId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { price, qty } from '../../domain/kernel/money';
import type { CandlePart } from '../../domain/market/candles/candle';
import type { CandleReader, CandleSink, KeptPart } from '../../usecases/ports/market-data/candles';
import { answered } from './redis-errors';

/** Seconds are for those who look at the market now; older ones add up to minutes, which the database has. */
export const SECONDS_KEPT_MS = 4 * 3_600_000;

/**
 * Puts parts of seconds, each in the place of an older revision of the same run. KEYS[1] the set, ARGV[1] what is older
 * than this goes, ARGV[2] for how many seconds the set is kept; then of each part: second, run, revision, text.
 */
const PUT = `
  for at = 3, #ARGV, 4 do
    local second, run, revision, text = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2]), ARGV[at + 3]
    local isNews = true
    for _, kept in ipairs(redis.call('ZRANGE', KEYS[1], second, second, 'BYSCORE')) do
      local keptRun, keptRevision = string.match(kept, '^(%S+) (%d+) ')
      if keptRun == run then
        if tonumber(keptRevision) < revision then redis.call('ZREM', KEYS[1], kept) else isNews = false end
      end
    end
    if isNews then redis.call('ZADD', KEYS[1], second, run .. ' ' .. revision .. ' ' .. text) end
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])`;

/** Candles of one second, of the last hours. */
export const makeSecondCandles = (redis: Redis): CandleSink & CandleReader => ({
  put: async (parts) => {
    const byInstrument = new Map<InstrumentId, KeptPart[]>();
    for (const part of parts) byInstrument.set(part.instrument, [...(byInstrument.get(part.instrument) ?? []), part]);
    const pipeline = redis.pipeline();
    for (const [instrument, those] of byInstrument) {
      const oldest = Math.max(...those.map(({ part }) => part.at)) - SECONDS_KEPT_MS;
      const values = those.flatMap(({ part, run, revision }) => [part.at, run, revision, encodePart(part)]);
      pipeline.eval(PUT, 1, secondsKey(instrument), oldest, SECONDS_KEPT_MS / 1_000, ...values);
    }
    const results = (await answered(pipeline.exec())) ?? [];
    for (const [error] of results) if (error) throw error;
  },
  newest: async ({ instrument }, { from, to }, limit) => {
    const key = secondsKey(instrument);
    const texts = await answered(redis.zrevrangebyscore(key, `(${to}`, from, 'LIMIT', 0, limit));
    return texts.map(decodePart);
  },
});

const secondsKey = (instrument: InstrumentId): string => `candles-1s:${instrument}`;

const NOTHING = '-';

function encodePart({ at, prices, volume, trades, isWhole }: CandlePart): string {
  const known = prices ?? { open: NOTHING, high: NOTHING, low: NOTHING, close: NOTHING, openAt: at, closeAt: at };
  const { open, high, low, close, openAt, closeAt } = known;
  return [at, open, high, low, close, openAt, closeAt, volume, trades, isWhole ? 'whole' : 'part'].join(' ');
}

/** Seconds are made of marks alone. */
function decodePart(text: string): CandlePart {
  const [, , at, open = NOTHING, high, low, close, openAt, closeAt, volume, trades, whole] = text.split(' ');
  const priceOf = (units = '') => price(BigInt(units));
  return {
    at: instant(Number(at)),
    source: 'mark',
    prices:
      open === NOTHING
        ? null
        : {
            open: priceOf(open),
            high: priceOf(high),
            low: priceOf(low),
            close: priceOf(close),
            openAt: instant(Number(openAt)),
            closeAt: instant(Number(closeAt)),
          },
    volume: qty(BigInt(volume ?? 0)),
    trades: Number(trades),
    isWhole: whole === 'whole',
  };
}
