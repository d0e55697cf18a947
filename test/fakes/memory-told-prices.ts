import { shardOf } from '../../contracts/operations/shards';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { Price } from '../../domain/kernel/money';
import { type Book, type Quote, quoteOf } from '../../domain/market/book';
import { pricesOf } from '../../domain/market/mark';
import {
  SPAN_MS,
  TOLD_KEPT_MS,
  type ToldPrices,
  type ToldRange,
  type ToldSpan,
} from '../../usecases/ports/market-data/told-prices';
import type { JudgedUntil } from '../../usecases/ports/operations/judged-until';

export type MemoryToldPrices = ToldPrices & { readonly keep: (book: Book) => void };

/** What was told lately, worked out anew whenever somebody asks. */
export function memoryToldPrices(): MemoryToldPrices {
  let reach: Instant | undefined;
  const tops = new Map<InstrumentId, readonly Book[]>();
  return {
    keep: (book) => {
      reach ??= book.receivedAt;
      const top = { ...book, bids: book.bids.slice(0, 1), asks: book.asks.slice(0, 1) };
      const known = (tops.get(book.instrument) ?? []).filter(
        ({ receivedAt }) => receivedAt > book.receivedAt - TOLD_KEPT_MS,
      );
      tops.set(book.instrument, [...known, top]);
    },
    lately: async (ids, since) => {
      const from = since - (since % SPAN_MS) - SPAN_MS;
      const spans = ids.map(
        (id) => [id, spansOf((tops.get(id) ?? []).filter((top) => top.receivedAt >= from))] as const,
      );
      return { reach, spans: new Map(spans.filter(([, those]) => those.length > 0)) };
    },
    tops: async (ids, from, until) =>
      ids
        .flatMap((id) => {
          const all = (tops.get(id) ?? []).filter(({ receivedAt }) => receivedAt <= until);
          const before = all.filter(({ receivedAt }) => receivedAt < from).slice(-1);
          return [...before, ...all.filter(({ receivedAt }) => receivedAt >= from)];
        })
        .sort((a, b) => a.receivedAt - b.receivedAt || a.sequence - b.sequence),
  };
}

function spansOf(tops: readonly Book[]): readonly ToldSpan[] {
  const all = tops.flatMap((top) => quoteOf(top) ?? []);
  const spanOf = ({ receivedAt }: Quote) => receivedAt - (receivedAt % SPAN_MS);
  return [...new Set(all.map(spanOf))]
    .sort((a, b) => a - b)
    .map((startsAt) => {
      const quotes = all.filter((quote) => spanOf(quote) === startsAt);
      const rangeIn = (side: 'bid' | 'ask') => rangeOf(quotes.flatMap((quote) => pricesOf(quote, side)));
      return { startsAt: instant(startsAt), bid: rangeIn('bid'), ask: rangeIn('ask') };
    });
}

function rangeOf(given: readonly Price[]): ToldRange | null {
  const prices = [...given].sort((a, b) => (a < b ? -1 : 1));
  const [low, high] = [prices[0], prices.at(-1)];
  return low === undefined || high === undefined ? null : { low, high };
}

export function memoryJudgedUntil(): JudgedUntil {
  const told = new Map<number, Instant>();
  let among = 0;
  return {
    tell: async (shard, shards, until) => {
      among = shards;
      told.set(shard, until);
    },
    of: async (id: AccountId) => (among > 0 ? told.get(shardOf(id, among)) : undefined),
  };
}
