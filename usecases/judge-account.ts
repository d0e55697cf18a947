import { STALE_AFTER_MS } from '../domain/assessment/decide-order';
import { type EvidenceInput, evidenceText, marksOf } from '../domain/assessment/evidence';
import { type Judgement, judge, openDay } from '../domain/assessment/judge';
import type { AccountId, EventId, ViolationId } from '../domain/kernel/ids';
import type { Instant } from '../domain/kernel/instant';
import type { Quote } from '../domain/market/book';
import { dayAnnouncement, type Fact, holderOf, numbered } from './announce';
import { freshQuotes } from './fresh-quotes';
import type { AccountChange, AccountSnapshot, AccountStore, Verdict } from './ports/account-store';
import type { Clock, Digest, Ids, Trace } from './ports/edge';
import type { BookSource } from './ports/market-data';

export type Judged =
  /** `snapshot` is what was judged, already rolled into its day; `version` is the account's after the judgement. */
  | {
      readonly outcome: 'open' | 'failed' | 'passed';
      readonly snapshot: AccountSnapshot;
      readonly judgement: Judgement;
      readonly version: number;
    }
  /** A position has no good, fresh price: nothing was decided. */
  | { readonly outcome: 'unpriced'; readonly snapshot: AccountSnapshot }
  | { readonly outcome: 'closed' | 'unknown' | 'busy' };

export type JudgeAccountParts = {
  readonly accounts: AccountStore;
  readonly books: BookSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
};

const ATTEMPTS_MAX = 20;

/**
 * Loads an account, rolls it into the current trading day, decides with exact numbers whether it passed, failed or goes
 * on, and saves what changed once, with the evidence of a verdict. An open account on the same day is not written.
 */
export const judgeAccount =
  (parts: JudgeAccountParts) =>
  async (accountId: AccountId, trace: Trace): Promise<Judged> => {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const snapshot = await parts.accounts.load(accountId);
      if (!snapshot) return { outcome: 'unknown' };
      if (snapshot.status !== 'active') return { outcome: 'closed' };
      const decided = await decide(parts, snapshot, trace);
      if (!decided.change) return decided.judged;
      if ((await parts.accounts.save(snapshot, decided.change)) === 'saved') return decided.judged;
    }
    return { outcome: 'busy' };
  };

type Decided = { readonly judged: Judged; readonly change?: AccountChange };

async function decide(parts: JudgeAccountParts, loaded: AccountSnapshot, trace: Trace): Promise<Decided> {
  const held = loaded.account.positions.map((position) => position.instrument);
  const books = await parts.books.current(held);
  const at = parts.clock.now();
  const snapshot = { ...loaded, account: openDay(loaded.account, loaded.rules, at) };
  const quotes = freshQuotes(books, at, STALE_AFTER_MS);
  const judgement = judge(snapshot.rules, snapshot.account, marksOf(quotes));
  const opened = dayAnnouncement(loaded, snapshot.account);
  if ('unpriced' in judgement) {
    const change = opened.length > 0 ? changeOf(parts, snapshot, trace, at, opened) : undefined;
    return { judged: { outcome: 'unpriced', snapshot }, ...(change && { change }) };
  }
  const verdict = verdictOf(parts, snapshot, judgement, quotes, at);
  const facts = [...opened, ...verdictFacts(snapshot, verdict)];
  const outcome = judgement.verdict.kind;
  const judged: Judged = { outcome, snapshot, judgement, version: snapshot.version + facts.length };
  if (facts.length === 0) return { judged };
  return { judged, change: changeOf(parts, snapshot, trace, at, facts, verdict) };
}

function verdictOf(
  { ids, digest }: JudgeAccountParts,
  snapshot: AccountSnapshot,
  judgement: Judgement,
  quotes: readonly Quote[],
  at: Instant,
): Verdict | undefined {
  if (judgement.verdict.kind === 'open') return undefined;
  const input: EvidenceInput = { ...snapshot, accountVersion: snapshot.version, quotes, at };
  const evidence = evidenceText(input, judgement);
  const verdict = { at, equityUsd: judgement.equityUsd, evidence, evidenceHash: digest.sha256(evidence) };
  if (judgement.verdict.kind === 'passed') return verdict;
  const { rule, limitUsd, usedUsd } = judgement.verdict.broken;
  return { ...verdict, violation: { violationId: ids.next<ViolationId>(), rule, limitUsd, usedUsd } };
}

function verdictFacts(snapshot: AccountSnapshot, verdict: Verdict | undefined): readonly Fact[] {
  if (!verdict) return [];
  const holder = holderOf(snapshot);
  const { equityUsd, violation, evidenceHash } = verdict;
  if (!violation) return [{ type: 'assessment.completed', data: { ...holder, status: 'passed', equityUsd } }];
  const { violationId, rule } = violation;
  return [
    { type: 'rules.violation-detected', data: { ...holder, ...violation, equityUsd, evidenceHash } },
    { type: 'assessment.abandoned', data: { ...holder, status: 'failed', breach: rule, violationId, equityUsd } },
  ];
}

const changeOf = (
  { ids }: JudgeAccountParts,
  snapshot: AccountSnapshot,
  trace: Trace,
  at: Instant,
  facts: readonly Fact[],
  verdict?: Verdict,
): AccountChange => ({
  account: snapshot.account,
  status: verdict === undefined ? 'active' : verdict.violation ? 'failed' : 'passed',
  ledger: [],
  ...(verdict && { verdict }),
  announcements: numbered(snapshot, trace, at, () => ids.next<EventId>(), facts),
});
