import type { Account } from '../../domain/account/account';
import type { Position } from '../../domain/account/positions/position';
import { marksOf } from '../../domain/assessment/context/marks';
import { raiseHighWater } from '../../domain/assessment/judging/high-water-mark';
import { judge } from '../../domain/assessment/judging/judge';
import { touchDueAt } from '../../domain/assessment/judging/touched-limits';
import { mayWork } from '../../domain/assessment/pre-trade/may-work';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { type Price, qty } from '../../domain/kernel/money';
import type { Quote } from '../../domain/market/book';
import { SPAN_MS, type ToldRange, type ToldSpan } from '../ports/market-data/told-prices';

type Judged = { readonly rules: RuleSet; readonly account: Account };
type Extremes = ReadonlyMap<InstrumentId, ToldSpan>;

/** A span as somebody is judged in it. `past`: what was good last of instruments of which nothing was told since. */
export type Span = {
  readonly extremes: Extremes;
  readonly past: ReadonlyMap<InstrumentId, Quote>;
  readonly until: Instant;
};

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

/** Between which prices each instrument lay within all of these spans. */
export function widest(spans: readonly { readonly extremes: Extremes }[]): Extremes {
  const extremes = new Map<InstrumentId, ToldSpan>();
  for (const [id, span] of spans.flatMap((one) => [...one.extremes])) {
    const known = extremes.get(id);
    extremes.set(id, known ? wider(known, span) : span);
  }
  return extremes;
}

/**
 * Whether prices between these, at the worst and at the best of all together, may decide anything about the account
 * until then. Equity and every room move one way with each price: what neither end decides, nothing between them does.
 */
export function mayDecide({ rules, account }: Judged, { extremes, past, until }: Span): boolean {
  if (tradingDayAt(until, rules).day !== account.day) return true;
  // A limit that is touched stands, or recovers, at the very price between.
  if (touchDueAt(rules, account) !== undefined) return true;
  const isUnknown = ({ instrument, qty: amount }: Position) => {
    const span = extremes.get(instrument);
    return !(amount > 0n ? span?.bid : span?.ask) && !past.has(instrument);
  };
  if (account.positions.some(isUnknown)) return true;
  const worstQuotes = quotesOf(extremes, until, worstOf);
  const bestQuotes = quotesOf(extremes, until, bestOf);
  const isMet = [...worstQuotes, ...bestQuotes].some((quote) => {
    const those = account.orders.filter(({ instrument }) => instrument === quote.instrument);
    return those.some((order) => mayWork(order, quote, rules.execution.primary));
  });
  if (isMet) return true;
  const worst = judge(rules, account, marksOf([...past.values(), ...worstQuotes]), until);
  if (worst.verdict.kind !== 'open' || worst.touches.length > 0) return true;
  const best = judge(rules, account, marksOf([...past.values(), ...bestQuotes]), until);
  return best.verdict.kind !== 'open' || raiseHighWater(rules, account, best.worstUsd, until).length > 0;
}

type Touch = { readonly bid: Price | undefined; readonly ask: Price | undefined };

/** A long leaves at the bid, a short at the ask. */
const worstOf = ({ bid, ask }: ToldSpan): Touch => ({ bid: bid?.low, ask: ask?.high });
const bestOf = ({ bid, ask }: ToldSpan): Touch => ({ bid: bid?.high, ask: ask?.low });

/** No quotes that anybody told: they mark, and prove nothing. */
const quotesOf = (extremes: Extremes, at: Instant, touchOf: (span: ToldSpan) => Touch): readonly Quote[] =>
  [...extremes].map(([instrument, span]) => {
    const { bid, ask } = touchOf(span);
    const told = { instrument, venue: 'kraken', sequence: 0, venueProof: '', venueAt: at, receivedAt: at } as const;
    return { ...told, bid: levelOf(bid), ask: levelOf(ask) };
  });

const levelOf = (price: Price | undefined): Quote['bid'] => (price === undefined ? null : { price, qty: qty(0n) });

const wider = (one: ToldSpan, other: ToldSpan): ToldSpan => ({
  startsAt: other.startsAt,
  bid: widerRange(one.bid, other.bid),
  ask: widerRange(one.ask, other.ask),
});

function widerRange(one: ToldRange | null, other: ToldRange | null): ToldRange | null {
  if (!one || !other) return one ?? other;
  return { low: one.low < other.low ? one.low : other.low, high: one.high > other.high ? one.high : other.high };
}
