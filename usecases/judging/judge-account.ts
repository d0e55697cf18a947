import type { AccountEvent } from '../../domain/account/account-event';
import { advanceAccount } from '../../domain/assessment/commands/advance-account';
import { after } from '../../domain/assessment/context/after';
import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import { evidenceText } from '../../domain/assessment/evidence/evidence';
import type { Judgement } from '../../domain/assessment/judging/judgement';
import { touchDueAt } from '../../domain/assessment/judging/touched-limits';
import type { AccountId, EventId, ViolationId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import { CONFLICT, CONFLICTS_MAX, withOptimisticRetry } from '../concurrency/optimistic-retry';
import { savedAs } from '../concurrency/unstorable';
import { changeOf } from '../events/to-outbox';
import type { AccountChange, AccountSnapshot, AccountStore, ProvenVerdict } from '../ports/accounts/account-store';
import type { Digest, Trace } from '../ports/clock-and-ids';
import { type ContextParts, loadContext } from '../trading/load-context';
import { type Met, saveTaking, type TakingParts } from '../trading/save-taking';
import { closeRemaining } from './close-remaining';
import { isOfPresent, type ObservedPrices, peakReached } from './observed-prices';

/** `snapshot` is the account after the judgement. */
export type Judged =
  | {
      readonly outcome: Judgement['verdict']['kind'];
      readonly snapshot: AccountSnapshot;
      readonly judgement: Judgement;
      /** What was known of the prices of all that it held, those among them that are no prices any more. */
      readonly quotes: readonly Quote[];
    }
  /** The assessment has ended; there is no such account. */
  | { readonly outcome: 'closed' | 'unknown' }
  /** Others kept going first. */
  | { readonly outcome: 'busy' };

export type JudgeAccountParts = ContextParts &
  TakingParts & { readonly accounts: AccountStore; readonly digest: Digest };

/**
 * Opens the account's day, works its orders, decides with exact numbers whether it passed, failed or goes on, and saves
 * what changed once, with the evidence of a verdict. With `seen` it is judged at those prices as of their time, but never
 * at prices that are older than the account's own state. An account of which nothing changed is not written.
 */
export const judgeAccount =
  (parts: JudgeAccountParts) =>
  (accountId: AccountId, trace: Trace, seen?: ObservedPrices): Promise<Judged> =>
    withOptimisticRetry<Judged>(
      CONFLICTS_MAX,
      async (number) => {
        const remembered = number === 1 ? parts.accounts.recall(accountId) : undefined;
        const snapshot = remembered ?? (await parts.accounts.load(accountId));
        if (!snapshot) return { outcome: 'unknown' };
        const isActive = snapshot.status === 'active';
        const decided = isActive ? await decide(parts, snapshot, trace, seen) : undefined;
        if (isActive && !decided) return { outcome: 'busy' };
        if (decided?.change) {
          const { change, met } = decided;
          const saved = await saveTaking(parts, { snapshot, change, met, fence: seen?.fence });
          if (savedAs(saved, accountId, saved) === CONFLICT) return CONFLICT;
          if (decided.change.status === 'failed') await closeRemaining(parts, accountId, trace);
          return decided.judged;
        }
        // That nothing changes is decided only on what was loaded, never on what this process remembers.
        if (remembered) return CONFLICT;
        if (decided) return decided.judged;
        if (snapshot.status === 'failed') await closeRemaining(parts, accountId, trace);
        return { outcome: 'closed' };
      },
      () => ({ outcome: 'busy' }),
    );

/** Undefined: others went first, and what to look at next is the instant at which a touched limit had stood. */
async function decide(
  parts: JudgeAccountParts,
  loaded: AccountSnapshot,
  trace: Trace,
  selected: ObservedPrices | undefined,
): Promise<JudgedChange | undefined> {
  const seen = (await selected?.lookBack?.(loaded)) ?? selected;
  const usable = seen?.quotes && isOfPresent(loaded, seen.at) ? seen : undefined;
  if (seen?.quotes && !usable && !seen.fence && isTouchDue(loaded, parts.clock.now())) return undefined;
  const raised = seen?.peak ? peakReached(loaded, seen.peak.quotes, usable?.at ?? parts.clock.now()) : [];
  const context = await loadContext(parts, after(loaded, raised), [], usable);
  return judgedChange(parts, { loaded, trace, first: raised }, context);
}

const isTouchDue = ({ rules, account }: AccountSnapshot, now: Instant): boolean =>
  (touchDueAt(rules, account) ?? plusMs(now, 1)) <= now;

type JudgedChange = { readonly judged: Judged; readonly change?: AccountChange; readonly met: Met };

/** An account as it was loaded, and what has happened to it since. */
type Begun = { readonly loaded: AccountSnapshot; readonly trace: Trace; readonly first: readonly AccountEvent[] };

/** Advances an account of which `first` happened before: the context has it in the account. */
export function judgedChange(
  parts: JudgeAccountParts,
  { loaded, trace, first }: Begun,
  context: DecisionContext,
): JudgedChange {
  const advanced = advanceAccount(context);
  const { judgement } = advanced;
  const before = [...first, ...advanced.before];
  const version = loaded.version + before.length;
  const proven = verdictOf(parts, { ...loaded, version }, after(context, advanced.before), judgement);
  const { at } = context;
  const ended = proven && {
    verdict: proven.verdict,
    equityPoint: { at, equityUsd: proven.equityUsd, balanceUsd: proven.balanceUsd },
  };
  const outcome = { at, before, after: advanced.after, ...ended };
  const change = changeOf(loaded, trace, () => parts.ids.next<EventId>(), outcome);
  const snapshot: AccountSnapshot = {
    ...loaded,
    version: loaded.version + change.messages.length,
    status: change.status,
    account: change.account,
  };
  const quotes = [...marksAt(context.books, at).values()];
  const judged: Judged = { outcome: judgement.verdict.kind, snapshot, judgement, quotes };
  return change.messages.length > 0 ? { judged, change, met: context } : { judged, met: context };
}

function verdictOf(
  { ids, digest }: JudgeAccountParts,
  snapshot: AccountSnapshot,
  { account, books, at }: DecisionContext,
  judgement: Judgement,
):
  | (Pick<ProvenVerdict, 'equityUsd'> & Pick<Judgement, 'balanceUsd'> & { readonly verdict: ProvenVerdict })
  | undefined {
  const { equityUsd, balanceUsd, verdict } = judgement;
  if (verdict.kind !== 'failed' && verdict.kind !== 'passed') return undefined;
  const marks = marksAt(books, at);
  const quotes = account.positions.flatMap(({ instrument }) => marks.get(instrument) ?? []);
  const evidence = evidenceText({ ...snapshot, account, accountVersion: snapshot.version, quotes, at }, judgement);
  const proof = { at, equityUsd, evidence, evidenceHash: digest.sha256(evidence) };
  const violation =
    verdict.kind === 'failed' ? { violationId: ids.next<ViolationId>(), broken: verdict.broken } : undefined;
  return { equityUsd, balanceUsd, verdict: { ...proof, ...(violation && { violation }) } };
}
