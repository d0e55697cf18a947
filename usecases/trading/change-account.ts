import { orderOf } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { onlyGetsOut } from '../../domain/account/only-gets-out';
import { after } from '../../domain/assessment/context/after';
import type { AccountId, EventId, OrderId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { accept, type Refused, type Result, refuse } from '../../domain/kernel/result';
import { CONFLICT, CONFLICTS_MAX, withOptimisticRetry } from '../concurrency/optimistic-retry';
import { changeOf } from '../events/to-outbox';
import type { AccountSnapshot, AccountStore, Saved } from '../ports/accounts/account-store';
import type { Ids, Trace } from '../ports/clock-and-ids';
import type { TakenLiquidity } from '../ports/market-data/taken-liquidity';
import type { SeenPrices } from './load-context';
import { type Met, saveTaking } from './save-taking';

/** A trader's command on one account. */
export type AccountCommand = {
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly trace: Trace;
};

/** What a decision needs to know beside the account. */
export type Needs = {
  /** The earlier order of this id, known only after a load. */
  readonly orderId?: OrderId;
  /** The first try may go by what this process remembers of the account, without the earlier order. */
  readonly mayRemember: boolean;
};

/** The events of a decision, when it was made, and the market that it met, where it may have filled something. */
export type Happened = { readonly events: readonly AccountEvent[]; readonly at: Instant; readonly met?: Met };

/** What a try came to: an answer with what happened, if anything, or a refusal. */
export type Tried<T, Refusal extends string> =
  | { readonly ok: true; readonly answer: T; readonly change?: Happened }
  /** With the prices it was refused at, for a refusal that is the judge's to confirm. */
  | (Refused<Refusal> & { readonly seen?: SeenPrices });

export type ChangeAccountParts = {
  readonly accounts: AccountStore;
  readonly taken: TakenLiquidity;
  readonly ids: Ids;
  /** Judges the account at the prices that an order met. */
  readonly judge: (accountId: AccountId, trace: Trace, seen: SeenPrices) => Promise<unknown>;
  /** Judges the account at what was told before, as far as nobody has; `behind`: that is not all known any more. */
  readonly judgePast: (
    snapshot: AccountSnapshot,
    trace: Trace,
    until: Instant,
  ) => Promise<'present' | 'judged' | 'behind'>;
};

export type AccountRefusal = 'account_unknown' | 'account_busy' | 'judge_behind' | 'quantity_too_large';

const BEHIND = 'holds positions that were not judged at all prices yet; what makes them smaller is accepted';

/** Trying again cannot help what does not fit: it is refused, though nobody foresaw it. */
function answerOf<T>(saved: Saved, answer: T): Result<T, 'quantity_too_large'> | typeof CONFLICT {
  switch (saved) {
    case 'saved':
      return accept(answer);
    case 'stale':
      return CONFLICT;
    case 'out_of_range':
      return refuse('quantity_too_large', 'qty', 'what it would fill is more than can be kept');
  }
}

/**
 * Load, decide, save once; a conflict loads and decides again. A try on what is remembered is safe because its save is
 * guarded; one that would save nothing is made again on what is loaded. Where a limit turns out to be broken the judge
 * goes first: after it the assessment has ended, or the limit is not broken. Before anything is saved the judge has gone
 * through the prices that were told until then, for what a fill leaves behind it can no longer be judged; where nobody
 * can say what they decided, only what makes the account's risk smaller is let through.
 */
export const changeAccount = <T, Refusal extends string>(
  { accounts, taken, ids, judge, judgePast }: ChangeAccountParts,
  { accountId, userId, trace }: AccountCommand,
  { orderId, mayRemember }: Needs,
  decide: (snapshot: AccountSnapshot) => Promise<Tried<T, Refusal>>,
): Promise<Result<T, Refusal | AccountRefusal>> => {
  const recalled = mayRemember ? accounts.recall(accountId) : undefined;
  // An order of this id works: how it was asked for is known only after a load.
  const isPlaced = recalled !== undefined && orderId !== undefined && orderOf(recalled.account, orderId) !== undefined;
  return withOptimisticRetry<Result<T, Refusal | AccountRefusal>>(
    CONFLICTS_MAX,
    async (number) => {
      const remembered = number === 1 && !isPlaced ? recalled : undefined;
      const snapshot = remembered ?? (await accounts.load(accountId, orderId));
      if (!snapshot || snapshot.userId !== userId) return refuse('account_unknown', 'accountId', 'must be yours');
      const tried = await decide(snapshot);
      if (tried.ok && tried.change && tried.change.events.length > 0) {
        const { events, at, met } = tried.change;
        const past = await judgePast(snapshot, trace, at);
        if (past === 'judged' || (past === 'behind' && remembered)) return CONFLICT;
        if (past === 'behind' && !onlyGetsOut(snapshot.account, after(snapshot, events).account)) {
          return refuse('judge_behind', 'accountId', BEHIND);
        }
        const change = changeOf(snapshot, trace, () => ids.next<EventId>(), { at, before: events });
        const saved = await (met
          ? saveTaking({ accounts, taken }, { snapshot, change, met })
          : accounts.save(snapshot, change));
        return answerOf(saved, tried.answer);
      }
      if (remembered) return CONFLICT;
      if (tried.ok) return accept(tried.answer);
      if (tried.refusal !== 'limit_broken') return tried;
      // What broke it first counts, which may lie behind the prices that this order met.
      const past = tried.seen && (await judgePast(snapshot, trace, tried.seen.at));
      if (tried.seen && past !== 'judged') await judge(accountId, trace, tried.seen);
      return CONFLICT;
    },
    () => refuse('account_busy'),
  );
};
