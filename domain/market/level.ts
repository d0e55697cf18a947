import type { Price, Qty } from '../kernel/money';

/** A quantity at a price. */
export type Level = { readonly price: Price; readonly qty: Qty };
