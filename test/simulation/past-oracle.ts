import { fold } from '../../domain/account/evolve';
import { presentSince } from '../../domain/account/standing/standing';
import { marksAt } from '../../domain/assessment/context/marks';
import { decideAgain } from '../../domain/assessment/evidence/evidence';
import { judge } from '../../domain/assessment/judging/judge';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { KeptAccount } from '../fakes/memory-world';
import type { History, SavedChange } from './history';
import type { Findings } from './oracles';

/** An account as it was from one of its changes until the next, each as of its own time. */
type Stretch = { readonly snapshot: AccountSnapshot; readonly from: Instant; readonly until: number };

/**
 * O12: no price that was told is passed over. A limit that was broken for as long as the rules ask, by every price of
 * a stretch in which the account did not change, fails it, or it had ended before: whoever was late, away or shielded.
 */
export function pastFindings({ snapshot, verdict }: KeptAccount, history: History): Findings {
  const endedAt = verdict ? decideAgain(verdict.evidence).input.at : Number.POSITIVE_INFINITY;
  for (const stretch of stretchesOf(snapshot, history)) {
    const broken = firstFailure(stretch, history);
    if (!broken || broken.at >= endedAt || snapshot.status === 'failed') continue;
    return [`O12: ${snapshot.accountId} broke ${broken.rule} at ${broken.at}, and nobody noticed`];
  }
  return [];
}

function stretchesOf({ accountId, rules }: AccountSnapshot, history: History): readonly Stretch[] {
  const changes = history.changesOf(accountId);
  const timeOf = ({ change }: SavedChange) => change.messages.at(-1)?.occurredAt;
  return changes.flatMap((saved, index) => {
    const { before, change } = saved;
    const from = timeOf(saved);
    const next = changes[index + 1];
    const until = next ? Math.min(timeOf(next) ?? 0, tradedAt(next, history)) : Number.POSITIVE_INFINITY;
    if (from === undefined || change.status !== 'active') return [];
    return [{ snapshot: { ...before, rules, account: change.account, status: change.status }, from, until }];
  });
}

/** When the first of the venue's trades was told that fill something in a change: an order was owed it from then on. */
function tradedAt({ change }: SavedChange, { trades }: History): number {
  const took = change.events.flatMap((event) => (event.kind === 'order_filled' ? (event.tookTrades ?? []) : []));
  const ids = new Set(took.map(({ tradeId }) => tradeId));
  return Math.min(...trades.filter(({ tradeId }) => ids.has(tradeId)).map(({ receivedAt }) => receivedAt));
}

/** The first price of a stretch at which the slow judge fails the account; a new day has begun by somebody else. */
function firstFailure({ snapshot, from, until }: Stretch, { timeline }: History) {
  const { rules } = snapshot;
  let { account } = snapshot;
  const books = new Map<InstrumentId, Book>();
  for (const book of timeline) {
    if ('change' in book) continue;
    const at = book.receivedAt;
    if (at >= until) return undefined;
    books.set(book.instrument, book);
    if (at <= from || at <= presentSince(account.standing)) continue;
    if (tradingDayAt(at, rules).day !== account.day) return undefined;
    const { verdict, touches } = judge(rules, account, marksAt(books, at), at);
    if (verdict.kind === 'failed' && verdict.broken.kind === 'limit') return { rule: verdict.broken.rule, at };
    account = fold(rules, account, touches);
  }
  return undefined;
}
