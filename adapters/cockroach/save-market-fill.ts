import { positionIn } from '../../domain/account/account';
import type { Fill } from '../../domain/account/order';
import type { Position } from '../../domain/account/position';
import { isoText } from '../../domain/kernel/instant';
import { invariant } from '../../domain/kernel/invariant';
import type { AccountChange, AccountSnapshot } from '../../usecases/ports/account-store';
import { levelColumn } from './fill-rows';
import { isToldByFill } from './order-rows';
import { outboxRows } from './outbox-columns';
import { amountOf } from './posting-values';
import { saveMarketFill } from './save-account.sql';
import { standingColumn } from './standing-column';
import type { Call } from './statement';

/** The call of the order path, where a change is one market order that filled whole, and nothing more. */
export function marketFillCall(snapshot: AccountSnapshot, change: AccountChange): Call | undefined {
  const [placed, filled] = change.happenings;
  if (placed?.kind !== 'order_placed' || filled?.kind !== 'order_filled') return undefined;
  const { fill, ledger } = filled;
  const isPlain = placed.order === undefined && isToldByFill(placed.ticket, [fill]) && fill.liquidity === 'taker';
  if (!isPlain || !isFillAlone(snapshot, change)) return undefined;
  const { account } = change;
  const [row, ...others] = outboxRows(change.announcements);
  invariant(row?.topic === 'trading' && others.length === 0, 'the events of an order and its fill share a row');
  const values = [
    ...[snapshot.accountId, snapshot.version, snapshot.version + 2],
    ...[account.cashUsd, account.tradesClosed, standingColumn(account.standing)],
    ...fillValues(fill),
    ...[amountOf(ledger, 'cash'), amountOf(ledger, 'inventory')],
    ...positionValues(positionIn(account, fill.instrument), fill),
    ...[row.shard, row.eventId, row.body],
  ];
  return { statement: saveMarketFill, values };
}

/** The statement leaves status, day, anchor and orders as they are, and the fill's event is the last. */
function isFillAlone(snapshot: AccountSnapshot, { account, status, ...change }: AccountChange): boolean {
  const before = snapshot.account;
  return (
    change.announcements.length === 2 &&
    change.happenings.length === 2 &&
    !change.verdict &&
    !change.equityPoint &&
    status === snapshot.status &&
    account.day === before.day &&
    account.dayAnchorUsd === before.dayAnchorUsd &&
    (account.orders === before.orders || account.orders.length + before.orders.length === 0)
  );
}

const fillValues = (fill: Fill): readonly unknown[] => [
  ...[fill.orderId, fill.fillId, fill.instrument, fill.side, fill.qty, fill.price, fill.cashUsd, fill.feeUsd],
  ...[fill.realizedUsd, levelColumn(fill.levels), isoText(fill.filledAt), fill.bookSequence, fill.venueProof],
  isoText(fill.venueAt),
];

const positionValues = (position: Position | undefined, { filledAt }: Fill): readonly unknown[] =>
  position
    ? [position.qty, position.costUsd, position.realizedUsd, position.feesUsd, isoText(position.openedAt)]
    : [0, 0, 0, 0, isoText(filledAt)];
