import type { Account } from '../../domain/account/account';
import { marksOf } from '../../domain/assessment/context/marks';
import { raiseHighWater } from '../../domain/assessment/judging/high-water-mark';
import { judge } from '../../domain/assessment/judging/judge';
import { edgesOf, meets } from '../../domain/assessment/matching/order-edges';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { type Price, qty } from '../../domain/kernel/money';
import type { Quote } from '../../domain/market/book';
import { SPAN_MS, type ToldSpan } from '../ports/market-data/told-prices';

type Judged = { readonly rules: RuleSet; readonly account: Account };
type Extremes = ReadonlyMap<InstrumentId, ToldSpan>;

/** The spans from `since` to `until`, and between which prices each instrument could be marked within them. */
export function* spansBetween(
  told: ReadonlyMap<InstrumentId, readonly ToldSpan[]>,
  since: Instant,
  until: Instant,
): Generator<{ readonly startsAt: Instant; readonly extremes: Extremes }> {
  for (let startsAt = instant(since - (since % SPAN_MS)); startsAt <= until; startsAt = plusMs(startsAt, SPAN_MS)) {
    const extremes = new Map<InstrumentId, ToldSpan>();
    for (const [id, spans] of told) {
      // What was told in the span before may be fresh in this one.
      for (const span of spans) {
        if (span.startsAt !== startsAt && span.startsAt !== startsAt - SPAN_MS) continue;
        const known = extremes.get(id);
        extremes.set(id, known ? wider(known, span) : span);
      }
    }
    yield { startsAt, extremes };
  }
}

/**
 * Whether prices between these, at the worst and at the best of all together, may decide anything about the account
 * until then. Equity and every room move one way with each price, so what neither end decides nothing between them does.
 */
export function mayDecide({ rules, account }: Judged, extremes: Extremes, until: Instant): boolean {
  if (tradingDayAt(until, rules).day !== account.day) return true;
  const isMet = account.orders.some((order) => {
    const span = extremes.get(order.instrument);
    return span !== undefined && meetsAny(span)(edgesOf(order));
  });
  if (isMet) return true;
  const worst = judge(rules, account, marksOf(quotesOf(extremes, until, 'lowBid', 'highAsk')), until);
  // What had no good price in the span had none to be judged at.
  if ('unpriced' in worst) return false;
  if (worst.verdict.kind !== 'open') return true;
  const best = judge(rules, account, marksOf(quotesOf(extremes, until, 'highBid', 'lowAsk')), until);
  if ('unpriced' in best) return false;
  return best.verdict.kind !== 'open' || raiseHighWater(rules, account, best.equityUsd, until).length > 0;
}

const meetsAny = ({ lowBid, highBid, lowAsk, highAsk }: ToldSpan) => {
  const atWidest = meets(Number(lowBid), Number(highAsk));
  const atNarrowest = meets(Number(highBid), Number(lowAsk));
  return (edges: ReturnType<typeof edgesOf>): boolean => atWidest(edges) || atNarrowest(edges);
};

const quotesOf = (extremes: Extremes, at: Instant, bid: 'lowBid' | 'highBid', ask: 'lowAsk' | 'highAsk') =>
  [...extremes].map(([instrument, span]): Quote => quoteAt(instrument, at, span[bid], span[ask]));

/** No quote that anybody told: it marks, and proves nothing. */
const quoteAt = (instrument: InstrumentId, at: Instant, bid: Price, ask: Price): Quote => ({
  instrument,
  venue: 'kraken',
  sequence: 0,
  venueProof: '',
  venueAt: at,
  receivedAt: at,
  bid: { price: bid, qty: qty(0n) },
  ask: { price: ask, qty: qty(0n) },
});

const wider = (one: ToldSpan, other: ToldSpan): ToldSpan => ({
  startsAt: other.startsAt,
  lowBid: one.lowBid < other.lowBid ? one.lowBid : other.lowBid,
  highBid: one.highBid > other.highBid ? one.highBid : other.highBid,
  lowAsk: one.lowAsk < other.lowAsk ? one.lowAsk : other.lowAsk,
  highAsk: one.highAsk > other.highAsk ? one.highAsk : other.highAsk,
});
