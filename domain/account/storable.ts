import { fitsInt64 } from '../kernel/int64';
import type { Account } from './account';
import type { AccountEvent } from './account-event';

/**
 * Whether every figure of an account, and of what happened to it, can be kept: money, prices and quantities stand in
 * eight bytes each, so that no more than some ninety billion units or dollars a unit, or nine trillion dollars, are one.
 */
export const isStorable = (account: Account, events: readonly AccountEvent[]): boolean =>
  figuresOf(account).every(fitsInt64) && events.every((event) => figuresIn(event).every(fitsInt64));

const figuresOf = ({ cashUsd, dayAnchorUsd, positions }: Account): readonly bigint[] => [
  cashUsd,
  dayAnchorUsd,
  ...positions.flatMap(({ qty, costUsd, realizedUsd, feesUsd }) => [qty, costUsd, realizedUsd, feesUsd]),
];

function figuresIn(event: AccountEvent): readonly bigint[] {
  switch (event.kind) {
    case 'order_filled': {
      const { fill, ledger } = event;
      const { qty, price, cashUsd, feeUsd, realizedUsd } = fill;
      return [qty, price, cashUsd, feeUsd, realizedUsd, ...ledger.map(({ amountUsd }) => amountUsd)];
    }
    case 'position_settled': {
      const { settlement, ledger } = event;
      const { position, cashUsd, realizedUsd } = settlement;
      const held = [position.qty, position.costUsd, position.realizedUsd, position.feesUsd];
      return [cashUsd, realizedUsd, ...held, ...ledger.map(({ amountUsd }) => amountUsd)];
    }
    default:
      return [];
  }
}
