import { invariant } from '../../../domain/kernel/invariant';
import type { AccountChange, AccountSnapshot, Fence } from '../../../usecases/ports/accounts/account-store';
import type { Call } from '../connection/statement';
import { journalColumns } from '../events/outbox-columns';
import { payoutRecord } from '../settlements/payout-rows';
import { settlementRecord } from '../settlements/settlement-rows';
import { changedOrders } from './changed-orders';
import { changedPositions, positionRecord } from './changed-positions';
import { fillRecord } from './fill-rows';
import { postingRecord } from './posting-values';
import { saveDecision } from './save-account.sql';
import { standingColumn } from './standing-column';
import { verdictValues } from './verdict-values';

/** The statement and parameters that write a change; their numbers are those of save-account.sql.ts. */
export function saveCall(snapshot: AccountSnapshot, change: AccountChange, fence: Fence | undefined): Call {
  const { account, messages } = change;
  invariant(messages.length > 0, 'a change of an account has an event');
  const orders = changedOrders(snapshot, change);
  const { fills, postings, settlements, payouts } = tradedRecords(change);
  const positions = changedPositions(snapshot.account.positions, account.positions).map(positionRecord);
  const values = [
    snapshot.accountId,
    snapshot.version,
    snapshot.version + messages.length,
    change.status,
    account.cashUsd,
    account.tradesClosed,
    account.day,
    account.dayAnchorUsd,
    standingColumn(account.standing),
    fence?.shard ?? null,
    fence?.epoch ?? null,
    orders.placed,
    ...[fills, postings, positions, orders.records, settlements].map((records) => JSON.stringify(records)),
    ...verdictValues(snapshot, change),
    ...journalColumns(messages),
    JSON.stringify(payouts),
  ];
  return { statement: saveDecision, values };
}

/** What moved money: every fill, every settlement, payout and growth has its posting. */
function tradedRecords({ events, versions }: AccountChange) {
  const fills: ReturnType<typeof fillRecord>[] = [];
  const postings: ReturnType<typeof postingRecord>[] = [];
  const settlements: ReturnType<typeof settlementRecord>[] = [];
  const payouts: ReturnType<typeof payoutRecord>[] = [];
  events.forEach((event, index) => {
    if (!('ledger' in event)) return;
    const version = versions[index];
    invariant(version !== undefined, 'every event has its event');
    postings.push(postingRecord(event.ledger, version));
    if (event.kind === 'order_filled') fills.push(fillRecord(event.fill, version));
    else if (event.kind === 'position_settled') settlements.push(settlementRecord(event.settlement, version));
    else if (event.kind === 'payout_taken') payouts.push(payoutRecord(event, version));
  });
  return { fills, postings, settlements, payouts };
}
