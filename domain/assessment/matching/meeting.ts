import type { Order } from '../../account/orders/order';
import type { Market } from '../../market/market';

/** A resting order and the market that it meets. */
export type Meeting = {
  readonly order: Order;
  readonly market: Market;
  /** Whether the venue had the book after the order was there, and the order has not met it: only such a state fills it. */
  readonly isNew: boolean;
};
