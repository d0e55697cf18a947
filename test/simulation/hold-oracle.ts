import type { AccountEvent, OrderFilled } from '../../domain/account/account-event';
import { attemptOf, holdOn } from '../../domain/assessment/progression/attempts';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import type { KeptAccount, MemoryWorld } from '../fakes/memory-world';
import type { History } from './history';

/** O9: an account at rest is held as its payments are, and no fill opened anything while it was held. */
export async function holdFindings(
  kept: KeptAccount,
  world: MemoryWorld,
  history: History,
): Promise<readonly string[]> {
  const { accountId, assessmentId, status, account } = kept.snapshot;
  const attempts = await memoryAssessmentStore(world).course(assessmentId);
  const attempt = attempts && attemptOf(attempts, assessmentId);
  const wanted = attempts && attempt ? holdOn(attempts, attempt) : null;
  const is = account.standing.holds.now?.kind ?? null;
  const held =
    status !== 'active' || is === wanted ? [] : [`O9: ${accountId} is held by ${is}, its payment by ${wanted}`];
  return [
    ...held,
    ...openedWhileHeld(history.changesOf(accountId).flatMap(({ change }) => change.events)).map(
      (fill) => `O9: ${accountId} was held and ${fill.fill.orderId} opened ${fill.fill.instrument}`,
    ),
  ];
}

function openedWhileHeld(events: readonly AccountEvent[]): readonly OrderFilled[] {
  const held = new Map<string, bigint>();
  let isHeld = false;
  return events.filter((event): event is OrderFilled => {
    if (event.kind === 'account_held') isHeld = true;
    if (event.kind === 'account_released') isHeld = false;
    if (event.kind === 'position_settled') held.delete(event.settlement.instrument);
    if (event.kind !== 'order_filled') return false;
    const { instrument } = event.fill;
    const [before, after] = [held.get(instrument) ?? 0n, event.position?.qty ?? 0n];
    held.set(instrument, after);
    const isSmaller = after === 0n || (after > 0n === before > 0n && (after > 0n ? after < before : after > before));
    return isHeld && !isSmaller;
  });
}
