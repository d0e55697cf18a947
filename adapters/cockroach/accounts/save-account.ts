import { invariant } from '../../../domain/kernel/invariant';
import type { AccountChange, AccountSnapshot, Fence } from '../../../usecases/ports/accounts/account-store';
import type { Call } from '../connection/statement';
import { outboxColumns } from '../events/outbox-columns';
import { settlementRecord } from '../market-data/settlement-rows';
import { changedOrders } from './changed-orders';
import { changedPositions, positionRecord } from './changed-positions';
import { fillRecord } from './fill-rows';
import { postingRecord } from './posting-values';
import { saveDecision } from './save-account.sql';
import { standingColumn } from './standing-column';
import { verdictValues } from './verdict-values';

/** The statement and parameters that write a change; their numbers are those of save-account.sql.ts. */
export function saveCall(snapshot: AccountSnapshot, change: AccountChange, fence: Fence | undefined): Call {
  const { account, announcements } = change;
  invariant(announcements.length > 0, 'a change of an account has an event');
  const orders = changedOrders(snapshot, change);
  const { fills, postings, settlements } = tradedRecords(change);
  const positions = changedPositions(snapshot.account.positions, account.positions).map(positionRecord);
  const values = [
    ...[snapshot.accountId, snapshot.version, snapshot.version + announcements.length, change.status],
    ...[account.cashUsd, account.tradesClosed, account.day, account.dayAnchorUsd, standingColumn(account.standing)],
    ...[fence?.shard ?? null, fence?.epoch ?? null, orders.placed],
    ...[fills, postings, positions, orders.records, settlements].map((records) => JSON.stringify(records)),
    ...verdictValues(snapshot, change),
    ...outboxColumns(announcements),
  ];
  return { statement: saveDecision, values };
}

/** What moved money: every fill and every settlement has its posting. */
function tradedRecords({ happenings, versions }: AccountChange) {
  const fills: ReturnType<typeof fillRecord>[] = [];
  const postings: ReturnType<typeof postingRecord>[] = [];
  const settlements: ReturnType<typeof settlementRecord>[] = [];
  happenings.forEach((happening, index) => {
    if (happening.kind !== 'order_filled' && happening.kind !== 'position_settled') return;
    const version = versions[index];
    invariant(version !== undefined, 'every happening has its event');
    postings.push(postingRecord(happening.ledger, version));
    if (happening.kind === 'order_filled') fills.push(fillRecord(happening.fill, version));
    else settlements.push(settlementRecord(happening.settlement, version));
  });
  return { fills, postings, settlements };
}
