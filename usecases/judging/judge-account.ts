import { type Attended, attend } from '../../domain/assessment/commands/advance-account';
import type { Happening } from '../../domain/assessment/context/account-event';
import type { Desk } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import { evidenceText } from '../../domain/assessment/evidence/evidence';
import type { Judgement, Unjudged } from '../../domain/assessment/judging/judgement';
import type { AccountId, EventId, OrderId, ViolationId } from '../../domain/kernel/ids';
import { changeOf } from '../events/to-outbox';
import type { AccountChange, AccountSnapshot, AccountStore, Verdict } from '../ports/accounts/account-store';
import type { Digest, Trace } from '../ports/clock-and-ids';
import { type DeskParts, openDesk } from '../trading/load-context';
import { closeRest } from './close-remaining';
import { isOfPresent, type SeenByEngine, withPeak } from './observed-prices';

/** `snapshot` is the account after the judgement. */
export type Judged =
  | {
      readonly outcome: Judgement['verdict']['kind'];
      readonly snapshot: AccountSnapshot;
      readonly judgement: Judgement;
    }
  /** A position has no good, fresh price: nothing was decided about the assessment. */
  | ({ readonly outcome: 'unpriced'; readonly snapshot: AccountSnapshot } & Unjudged)
  /** The assessment has ended; there is no such account; others kept going first. */
  | { readonly outcome: 'closed' | 'unknown' | 'busy' };

export type JudgeAccountParts = DeskParts & { readonly accounts: AccountStore; readonly digest: Digest };

const ATTEMPTS_MAX = 20;

/**
 * Opens the account's day, works its orders, decides with exact numbers whether it passed, failed or goes on, and saves
 * what changed once, with the evidence of a verdict. With `seen` it is judged at those prices as of their time, but never
 * at prices that are older than the account's own state. An account of which nothing changed is not written.
 */
export const judgeAccount =
  (parts: JudgeAccountParts) =>
  async (accountId: AccountId, trace: Trace, seen?: SeenByEngine): Promise<Judged> => {
    let remembered = parts.accounts.recall(accountId);
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const snapshot = remembered ?? (await parts.accounts.load(accountId));
      const isRemembered = remembered !== undefined;
      remembered = undefined;
      if (!snapshot) return { outcome: 'unknown' };
      const decided = snapshot.status === 'active' ? await decide(parts, snapshot, trace, seen) : undefined;
      if (decided?.change) {
        if ((await parts.accounts.save(snapshot, decided.change, seen?.fence)) === 'stale') continue;
        if (decided.change.status === 'failed') await closeRest(parts, accountId, trace);
        return decided.judged;
      }
      // Nothing is left as it is on the word of memory.
      if (isRemembered) continue;
      if (decided) return decided.judged;
      if (snapshot.status === 'failed') await closeRest(parts, accountId, trace);
      return { outcome: 'closed' };
    }
    return { outcome: 'busy' };
  };

async function decide(
  parts: JudgeAccountParts,
  loaded: AccountSnapshot,
  trace: Trace,
  selected: SeenByEngine | undefined,
): Promise<Decision> {
  const seen = selected?.lookBack?.(loaded) ?? selected;
  const usable = seen?.quotes && isOfPresent(loaded, seen.at) ? seen : undefined;
  const { account, raised } = seen?.peak
    ? withPeak(loaded, seen.peak.quotes, usable?.at ?? parts.clock.now())
    : { ...loaded, raised: [] };
  const desk = await openDesk(parts, { ...loaded, account }, [], usable);
  return decisionOf(
    parts,
    loaded,
    trace,
    desk,
    attend(desk, () => parts.ids.next<OrderId>()),
    raised,
  );
}

type Decision = { readonly judged: Judged; readonly change?: AccountChange };

/** What follows from attending to an account of which `first` happened before. */
export function decisionOf(
  parts: JudgeAccountParts,
  loaded: AccountSnapshot,
  trace: Trace,
  desk: Desk,
  attended: Attended,
  first: readonly Happening[],
): Decision {
  const { judgement } = attended;
  const before = [...first, ...attended.before];
  const verdict =
    'unpriced' in judgement
      ? undefined
      : verdictOf(
          parts,
          { ...loaded, account: attended.judged, version: loaded.version + before.length },
          judgement,
          desk,
        );
  const outcome = { account: attended.after.account, at: desk.at, before, after: attended.after.happenings };
  const point = verdict && { at: desk.at, equityUsd: verdict.equityUsd, balanceUsd: verdict.balanceUsd };
  const change = changeOf(
    ...([loaded, trace, () => parts.ids.next<EventId>()] as const),
    { ...outcome, ...(verdict && { verdict: verdict.verdict }) },
    point,
  );
  const version = loaded.version + change.announcements.length;
  const snapshot: AccountSnapshot = { ...loaded, version, status: change.status, account: change.account };
  const judged: Judged =
    'unpriced' in judgement
      ? { outcome: 'unpriced', snapshot, ...judgement }
      : { outcome: judgement.verdict.kind, snapshot, judgement };
  return change.announcements.length > 0 ? { judged, change } : { judged };
}

function verdictOf(
  { ids, digest }: JudgeAccountParts,
  judged: AccountSnapshot,
  judgement: Judgement,
  { books, at }: Desk,
): (Pick<Verdict, 'equityUsd'> & Pick<Judgement, 'balanceUsd'> & { readonly verdict: Verdict }) | undefined {
  const { equityUsd, balanceUsd, verdict } = judgement;
  if (verdict.kind !== 'failed' && verdict.kind !== 'passed') return undefined;
  const marks = marksAt(books, at);
  const quotes = judged.account.positions.flatMap(({ instrument }) => marks.get(instrument) ?? []);
  const evidence = evidenceText({ ...judged, accountVersion: judged.version, quotes, at }, judgement);
  const proof = { at, equityUsd, evidence, evidenceHash: digest.sha256(evidence) };
  const violation =
    verdict.kind === 'failed' ? { violationId: ids.next<ViolationId>(), broken: verdict.broken } : undefined;
  return { equityUsd, balanceUsd, verdict: { ...proof, ...(violation && { violation }) } };
}
