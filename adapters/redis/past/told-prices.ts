import type { Redis } from 'ioredis';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { price } from '../../../domain/kernel/money';
import { type Book, type Quote, quoteOf } from '../../../domain/market/book';
import { pricesOf } from '../../../domain/market/mark';
import {
  SPAN_MS,
  TOLD_KEPT_MS,
  type ToldPrices,
  type ToldRange,
  type ToldSpan,
} from '../../../usecases/ports/market-data/told-prices';
import { decodeBook, encodeBook } from '../book-codec';
import { inOneTurn } from '../in-one-turn';
import { answered } from '../redis-errors';

/**
 * Keeps the top of a book by its receipt and, where it is good, widens its span. KEYS[1] the tops, KEYS[2] the spans,
 * KEYS[3] since when; ARGV[1] received at, ARGV[2] the top, ARGV[3] for how many milliseconds, ARGV[4] the span's
 * beginning, ARGV[5] to ARGV[8] between which a bid and an ask of a good one lay, `-` for a side that nobody quotes.
 */
const KEEP = `
  local at, keep = tonumber(ARGV[1]), tonumber(ARGV[3])
  redis.call('SET', KEYS[3], at, 'NX')
  redis.call('ZADD', KEYS[1], at, ARGV[2])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', at - keep)
  redis.call('PEXPIRE', KEYS[1], keep)
  if not ARGV[5] then return end
  local known = redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[4], ARGV[4])[1]
  local ranges = {ARGV[5], ARGV[6], ARGV[7], ARGV[8]}
  if known then
    local nth = 0
    for was in string.gmatch(string.match(known, ' (.*)'), '%S+') do
      nth = nth + 1
      local before, now = tonumber(was), tonumber(ranges[nth])
      if before and (not now or (nth % 2 == 1 and before < now) or (nth % 2 == 0 and before > now)) then
        ranges[nth] = was
      end
    end
  end
  local span = ARGV[4] .. ' ' .. table.concat(ranges, ' ')
  if span == known then return end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], ARGV[4], ARGV[4])
  redis.call('ZADD', KEYS[2], ARGV[4], span)
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', at - keep - ${SPAN_MS})
  redis.call('PEXPIRE', KEYS[2], keep)`;

const NOBODY = '-';
const SINCE = 'told:since';
const topsKey = (id: InstrumentId): string => `told:tops:${id}`;
const spansKey = (id: InstrumentId): string => `told:spans:${id}`;

/** Beside the latest book: a process that is killed in between has told neither the one nor the other to anybody. */
export async function keepTop(redis: Redis, book: Book): Promise<void> {
  const { instrument, receivedAt } = book;
  const top = encodeBook({ ...book, bids: book.bids.slice(0, 1), asks: book.asks.slice(0, 1) });
  const quote = quoteOf(book);
  const touch = quote ? [...reach(quote, 'bid'), ...reach(quote, 'ask')] : [];
  const keys = [topsKey(instrument), spansKey(instrument), SINCE];
  const spanAt = receivedAt - (receivedAt % SPAN_MS);
  await answered(redis.eval(KEEP, keys.length, ...keys, receivedAt, top, TOLD_KEPT_MS, spanAt, ...touch));
}

/** From the lowest to the highest that this side marks, or fills a limit at, at one of the venues that agree. */
function reach(quote: Quote, side: 'bid' | 'ask'): readonly [string, string] {
  const prices = pricesOf(quote, side);
  const [first] = prices;
  if (first === undefined) return [NOBODY, NOBODY];
  const low = prices.reduce((least, one) => (one < least ? one : least), first);
  const high = prices.reduce((most, one) => (one > most ? one : most), first);
  return [`${low}`, `${high}`];
}

export const makeToldPrices = (redis: Redis): ToldPrices => ({
  lately: latelyOf(redis),
  tops: async (ids, from, until) => {
    const told = ids.flatMap((id) => [
      answered(redis.zrevrangebyscore(topsKey(id), `(${from}`, '-inf', 'LIMIT', 0, 1)),
      answered(redis.zrangebyscore(topsKey(id), from, until)),
    ]);
    return (await Promise.all(told)).flat().map(decodeBook).sort(byReceipt);
  },
});

type Question = { readonly ids: readonly InstrumentId[]; readonly since: Instant };

/** Asked by every order: those of one turn read together, from the earliest that one of them asks for. */
function latelyOf(redis: Redis): ToldPrices['lately'] {
  const ask = inOneTurn(async (asked: readonly Question[]) => {
    const ids = [...new Set(asked.flatMap((each) => each.ids))];
    const since = Math.min(...asked.map((each) => each.since));
    const from = since - (since % SPAN_MS) - SPAN_MS;
    const [reach, ...spans] = await Promise.all([
      answered(redis.get(SINCE)),
      ...ids.map((id) => answered(redis.zrangebyscore(spansKey(id), from, '+inf'))),
    ]);
    const told = ids.map((id, at) => [id, (spans[at] ?? []).map(decodeSpan)] as const);
    return { reach: reach === null ? undefined : instant(Number(reach)), spans: new Map(told) };
  });
  return async (ids, since) => {
    const { reach, spans } = await ask({ ids, since });
    const told = ids.flatMap((id) => {
      const those = spans.get(id) ?? [];
      return those.length > 0 ? [[id, those] as const] : [];
    });
    return { reach, spans: new Map(told) };
  };
}

function decodeSpan(text: string): ToldSpan {
  const [startsAt, lowBid, highBid, lowAsk, highAsk] = text.split(' ');
  return { startsAt: instant(Number(startsAt)), bid: rangeOf(lowBid, highBid), ask: rangeOf(lowAsk, highAsk) };
}

const rangeOf = (low = NOBODY, high = NOBODY): ToldRange | null =>
  low === NOBODY || high === NOBODY ? null : { low: price(BigInt(low)), high: price(BigInt(high)) };

/** What came in one millisecond of one instrument is in the order of its count. */
const byReceipt = (one: Book, other: Book): number =>
  one.receivedAt - other.receivedAt || one.sequence - other.sequence;
