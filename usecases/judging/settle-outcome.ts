import { positionIn } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { beginDay } from '../../domain/assessment/commands/begin-day';
import { after } from '../../domain/assessment/context/after';
import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import type { KeptEvent } from '../../domain/assessment/settlement/account-moves';
import { correctSettlements, isSamePayout, latestIn } from '../../domain/assessment/settlement/correct-settlement';
import { rejudge } from '../../domain/assessment/settlement/rejudge';
import { settlePosition } from '../../domain/assessment/settlement/settle-position';
import type { AccountId, EventId, InstrumentId, SignalId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Instrument, Payout } from '../../domain/market/instrument';
import { listedIn, listingOf, type Primary } from '../../domain/market/listing';
import { CONFLICTS_MAX, withOptimisticRetry } from '../concurrency/optimistic-retry';
import { savedAs } from '../concurrency/unstorable';
import { changeOf } from '../events/to-outbox';
import type { AccountChange, AccountSnapshot, Fence } from '../ports/accounts/account-store';
import type { SettlementStore } from '../ports/accounts/settlement-store';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { Trace } from '../ports/clock-and-ids';
import type { RiskSignal, SignalStore } from '../ports/surveillance/surveillance-store';
import { listedAt, loadContext } from '../trading/load-context';
import { type Met, saveTaking } from '../trading/save-taking';
import { type JudgeAccountParts, judgedChange } from './judge-account';

export type SettleOutcome = {
  readonly accountId: AccountId;
  /** The listing that was resolved: of a coin that one venue lists no more, it is paid to those who trade it there. */
  readonly instrument: InstrumentId;
  readonly payout: Payout;
  readonly trace: Trace;
  readonly fence?: Fence;
};

export type SettleParts = JudgeAccountParts & {
  readonly settlements: Pick<SettlementStore, 'of' | 'moves'>;
  readonly verdicts: Pick<AssessmentStore, 'evidence'>;
  readonly signals: Pick<SignalStore, 'keep'>;
};

/**
 * Pays an account for a resolved outcome, exactly once, and judges it by the same act: no order comes between. A later
 * resolution with another payout reverses the first and pays the right one, whatever has become of the assessment; a
 * verdict that the first took part in stands, and goes before the risk desk.
 */
export const settleOutcome =
  (parts: SettleParts) =>
  (command: SettleOutcome): Promise<'settled' | 'unchanged' | 'unknown' | 'busy'> =>
    withOptimisticRetry<'settled' | 'unchanged' | 'unknown' | 'busy'>(
      CONFLICTS_MAX,
      async () => {
        const snapshot = await parts.accounts.load(command.accountId);
        if (!snapshot) return 'unknown';
        const decided = await decide(parts, snapshot, command);
        if (!decided) return 'unchanged';
        const saving = { snapshot, ...decided, fence: command.fence };
        return savedAs(await saveTaking(parts, saving), command.accountId, 'settled');
      },
      () => 'busy',
    );

type Resolved = Instrument & { readonly payout: Payout };

async function decide(
  parts: SettleParts,
  snapshot: AccountSnapshot,
  { instrument: listing, payout: told, trace }: SettleOutcome,
): Promise<{ readonly change: AccountChange; readonly met: Met } | undefined> {
  const id = listedIn(listing);
  if (listing !== listingOf(id, snapshot.rules.execution.primary)) return undefined;
  const opened = await loadContext(parts, snapshot, [id]);
  const known = opened.instruments.get(id);
  if (!known) return undefined;
  // Whoever was told before the last resolution is overtaken: the catalogue was read after the account.
  const payout = known.status === 'resolved' && known.payout ? known.payout : told;
  const instrument: Resolved = { ...known, status: 'resolved', payout };
  const context = { ...opened, instruments: new Map([...opened.instruments, [id, instrument]]) };
  const isOpen = snapshot.status === 'active';
  const begun = isOpen ? beginDay(context) : [];
  const today = after(context, begun);
  const paid = await paidTo(parts, snapshot, today, instrument);
  if (paid.length === 0) return undefined;
  const first = [...begun, ...paid];
  if (isOpen) {
    const { change, met } = judgedChange(parts, { loaded: snapshot, trace, first }, after(today, paid));
    return change && { change, met };
  }
  const outcome = { at: context.at, before: first };
  return { change: changeOf(snapshot, trace, () => parts.ids.next<EventId>(), outcome), met: context };
}

/** What is held is settled; where nothing is, the latest settlement may have been wrong. */
async function paidTo(
  parts: SettleParts,
  snapshot: AccountSnapshot,
  context: DecisionContext,
  instrument: Resolved,
): Promise<readonly AccountEvent[]> {
  const { accountId, status } = snapshot;
  const { account, at } = context;
  const { id, payout } = instrument;
  const works = account.orders.some((order) => order.instrument === id);
  if (positionIn(account, id) || works) return settlePosition(account, instrument, at);
  const wrong = (await parts.settlements.of(accountId, id)).at(-1);
  if (!wrong || !payout || isSamePayout(wrong.payout, payout)) return [];
  const moves = await parts.settlements.moves(accountId);
  const right = await rightPayouts(parts, moves, instrument, context.rules.execution.primary);
  if (status !== 'active') await tellRiskDesk(parts, snapshot, { moves, right }, at);
  return correctSettlements(context, moves, right);
}

/** What everything that the account was paid for pays by now: the outcomes of one market are corrected together. */
async function rightPayouts(
  { instruments }: SettleParts,
  moves: readonly KeptEvent[],
  { id: instrument, payout }: Resolved,
  primary: Primary,
): Promise<ReadonlyMap<InstrumentId, Payout>> {
  const settled = moves.flatMap((move) => (move.kind === 'settlement' ? [move.settlement.instrument] : []));
  const right = new Map([[instrument, payout]]);
  for (const [id, known] of await listedAt(instruments, [...new Set(settled)], primary)) {
    if (id !== instrument && known.status === 'resolved' && known.payout) right.set(id, known.payout);
  }
  return right;
}

/**
 * A verdict is never reversed by itself. That it was given on a wrong payout is told before the correction is saved:
 * where that fails it is told again, as the same signal.
 */
async function tellRiskDesk(
  { verdicts, signals, ids }: SettleParts,
  { accountId, assessmentId, userId }: AccountSnapshot,
  { moves, right }: { readonly moves: readonly KeptEvent[]; readonly right: ReadonlyMap<InstrumentId, Payout> },
  at: Instant,
): Promise<void> {
  const proof = await verdicts.evidence(assessmentId);
  if (!proof) return;
  const doubts = [...right].flatMap(([instrument, payout]): readonly RiskSignal[] => {
    const wrong = latestIn(moves, instrument);
    if (!wrong || isSamePayout(wrong.payout, payout)) return [];
    const rejudged = rejudge(proof.evidence, moves, instrument, right);
    if (!rejudged) return [];
    const { given, rightly, at: beganAt } = rejudged;
    const side = wrong.position.qty > 0n ? 'long' : 'short';
    return [
      {
        signalId: ids.next<SignalId>(),
        kind: 'wrong_payout',
        subject: `${accountId}/${instrument}/${wrong.settledAt}`,
        userId,
        beganAt,
        seenUntil: at,
        detectedAt: at,
        verdict: { given, rightly },
        copied: null,
        payment: null,
        legs: [{ accountId, instrument, side }],
      },
    ];
  });
  if (doubts.length > 0) await signals.keep(doubts);
}
