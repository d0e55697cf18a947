import { closePositions } from '../../domain/assessment/commands/close-positions';
import type { AccountId, EventId } from '../../domain/kernel/ids';
import { withOptimisticRetry } from '../concurrency/optimistic-retry';
import { savedAs } from '../concurrency/unstorable';
import { changeOf } from '../events/to-outbox';
import type { AccountStore } from '../ports/accounts/account-store';
import type { Trace } from '../ports/clock-and-ids';
import { type ContextParts, loadContext } from '../trading/load-context';
import { saveTaking, type TakingParts } from '../trading/save-taking';

type Parts = ContextParts & TakingParts & { readonly accounts: AccountStore };

const ATTEMPTS_MAX = 5;

/**
 * Closes what a failed account still holds: the prices that it failed at may have been the top of a book alone. What
 * has no price now stays, frozen with the account.
 */
export const closeRemaining = (parts: Parts, accountId: AccountId, trace: Trace): Promise<void> =>
  withOptimisticRetry<void>(
    ATTEMPTS_MAX,
    async (number) => {
      const remembered = number === 1 ? parts.accounts.recall(accountId) : undefined;
      const snapshot = remembered ?? (await parts.accounts.load(accountId));
      if (snapshot?.status !== 'failed' || snapshot.account.positions.length === 0) return;
      const context = await loadContext(parts, snapshot, []);
      const held = snapshot.account.positions.map(({ instrument }) => instrument);
      const events = closePositions(context, held, 'assessment_ended');
      if (events.length === 0) return;
      const change = changeOf(snapshot, trace, () => parts.ids.next<EventId>(), { at: context.at, before: events });
      return savedAs(await saveTaking(parts, { snapshot, change, met: context }), accountId, undefined);
    },
    // The positions stay until the account is judged again.
    () => undefined,
  );
