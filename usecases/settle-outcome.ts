import { positionIn } from '../domain/account/account';
import { attend } from '../domain/assessment/attend';
import { beginDay } from '../domain/assessment/begin-day';
import type { Desk } from '../domain/assessment/desk';
import { type Decided, followedBy } from '../domain/assessment/happening';
import { correctSettlement, settlePosition } from '../domain/assessment/settle-position';
import type { AccountId, EventId, InstrumentId, OrderId } from '../domain/kernel/ids';
import type { Instrument, Payout } from '../domain/market/instrument';
import { changeOf } from './announce';
import { decisionOf, type JudgeAccountParts } from './judge-account';
import { openDesk } from './open-desk';
import type { AccountChange, AccountSnapshot, Fence } from './ports/account-store';
import type { Trace } from './ports/edge';
import type { SettlementStore } from './ports/settlement-store';

export type SettleOutcome = {
  readonly accountId: AccountId;
  readonly instrument: InstrumentId;
  readonly payout: Payout;
  readonly trace: Trace;
  readonly fence?: Fence;
};

export type SettleParts = JudgeAccountParts & { readonly settlements: Pick<SettlementStore, 'of'> };

const ATTEMPTS_MAX = 20;

/**
 * Pays an account for a resolved outcome, exactly once, and judges it by the same act: no order comes between. A later
 * resolution with another payout reverses the first and pays the right one, whatever has become of the assessment.
 */
export const settleOutcome =
  (parts: SettleParts) =>
  async (command: SettleOutcome): Promise<'settled' | 'unchanged' | 'unknown' | 'busy'> => {
    const { accountId, fence } = command;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const snapshot = await parts.accounts.load(accountId);
      if (!snapshot) return 'unknown';
      const change = await decide(parts, snapshot, command);
      if (!change) return 'unchanged';
      if ((await parts.accounts.save(snapshot, change, fence)) === 'saved') return 'settled';
    }
    return 'busy';
  };

async function decide(
  parts: SettleParts,
  snapshot: AccountSnapshot,
  { instrument: id, payout, trace }: SettleOutcome,
): Promise<AccountChange | undefined> {
  const opened = await openDesk(parts, snapshot, [id]);
  const known = opened.instruments.get(id);
  if (!known) return undefined;
  const instrument: Instrument = { ...known, status: 'resolved', payout };
  const desk = { ...opened, instruments: new Map([...opened.instruments, [id, instrument]]) };
  const isOpen = snapshot.status === 'active';
  const begun = isOpen ? beginDay(desk) : { account: desk.account, happenings: [] };
  const paid = await paidTo(parts, snapshot, { ...desk, account: begun.account }, instrument, payout);
  if (paid.happenings.length === 0) return undefined;
  const { account, happenings: first } = followedBy(begun, paid);
  if (!isOpen) {
    return changeOf(snapshot, trace, () => parts.ids.next<EventId>(), { account, at: desk.at, before: first });
  }
  const attended = attend({ ...desk, account }, () => parts.ids.next<OrderId>());
  return decisionOf(parts, snapshot, trace, desk, attended, first).change;
}

/** What is held is settled; where nothing is, the latest settlement may have been wrong. */
async function paidTo(
  { settlements }: SettleParts,
  { accountId }: AccountSnapshot,
  { rules, account, at }: Desk,
  instrument: Instrument,
  payout: Payout,
): Promise<Decided> {
  const works = account.orders.some((order) => order.instrument === instrument.id);
  if (positionIn(account, instrument.id) || works) return settlePosition(rules, account, instrument, at);
  const latest = (await settlements.of(accountId, instrument.id)).at(-1);
  return latest ? correctSettlement(rules, account, latest, payout, at) : { account, happenings: [] };
}
