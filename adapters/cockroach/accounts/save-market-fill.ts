import { positionIn } from '../../../domain/account/account';
import { isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { outboxRows } from '../events/outbox-columns';
import { levelColumn } from './fill-rows';
import { isToldByFill } from './order-rows';
import { amountOf } from './posting-values';
import type { MarketFill } from './save-market-fills.sql';
import { standingColumn } from './standing-column';

/** The record of the order path, where a change is one market order that filled whole, and nothing more. */
export function marketFillOf(snapshot: AccountSnapshot, change: AccountChange): MarketFill | undefined {
  const [placed, filled] = change.events;
  if (placed?.kind !== 'order_placed' || filled?.kind !== 'order_filled') return undefined;
  const { fill, ledger } = filled;
  const isPlain = isToldByFill(placed.order, [fill]) && fill.liquidity === 'taker' && !fill.closedFor && !fill.inNews;
  if (!isPlain || !isFillAlone(snapshot, change)) return undefined;
  const { account } = change;
  const [row, ...others] = outboxRows(change.messages);
  invariant(row?.topic === 'trading' && others.length === 0, 'the events of an order and its fill share a row');
  const held = positionIn(account, fill.instrument);
  return {
    account_id: snapshot.accountId,
    version_before: snapshot.version,
    version: snapshot.version + 2,
    account_cash_usd: account.cashUsd,
    trades_closed: account.tradesClosed,
    standing: standingColumn(account.standing),
    order_id: fill.orderId,
    fill_id: fill.fillId,
    instrument: fill.instrument,
    side: fill.side,
    qty: fill.qty,
    price: fill.price,
    cash_usd: fill.cashUsd,
    fee_usd: fill.feeUsd,
    realized_usd: fill.realizedUsd,
    levels: levelColumn(fill.levels),
    filled_at: isoText(fill.filledAt),
    book_sequence: fill.bookSequence,
    venue_proof: fill.venueProof,
    venue_at: isoText(fill.venueAt),
    posted_cash_usd: amountOf(ledger, 'cash'),
    posted_inventory_usd: amountOf(ledger, 'inventory'),
    held_qty: held?.qty ?? 0,
    held_cost_usd: held?.costUsd ?? 0,
    held_realized_usd: held?.realizedUsd ?? 0,
    held_fees_usd: held?.feesUsd ?? 0,
    opened_at: isoText(held?.openedAt ?? fill.filledAt),
    shard: row.shard,
    event_id: row.eventId,
    body: row.body,
  };
}

/** The statement leaves status, day, anchor and orders as they are, and the fill's event is the last. */
function isFillAlone(snapshot: AccountSnapshot, { account, status, ...change }: AccountChange): boolean {
  const before = snapshot.account;
  return (
    change.messages.length === 2 &&
    change.events.length === 2 &&
    !change.verdict &&
    !change.equityPoint &&
    status === snapshot.status &&
    account.day === before.day &&
    account.dayAnchorUsd === before.dayAnchorUsd &&
    (account.orders === before.orders || account.orders.length + before.orders.length === 0)
  );
}
