import { DAY_MS } from '../../../domain/kernel/instant';
import { ONE_DOLLAR_PRICE, type Price, price } from '../../../domain/kernel/money';
import type { Instrument, InstrumentStatus, Payout } from '../../../domain/market/instrument';

/** A resolution is looked at again for this long: it may be corrected. */
export const CORRECTIONS_MS = 7 * DAY_MS;

/** Where a market is in its life, and what a share of each of its outcomes pays once it is resolved. */
export type OutcomeState =
  | { readonly status: Exclude<InstrumentStatus, 'resolved'> }
  | ({ readonly status: 'resolved' } & Answer);

/** `yes` is the first outcome and `no` the second, whatever they are called. */
export type Answer = { readonly yes: Payout; readonly no: Payout };

export const VOID: Answer = { yes: { kind: 'void' }, no: { kind: 'void' } };

/** What a share of each outcome pays when one of the first pays `yes`. */
export const payoutsAt = (yes: Price): Answer => ({
  yes: { kind: 'pays', price: yes },
  no: { kind: 'pays', price: price(ONE_DOLLAR_PRICE - yes) },
});

/**
 * What is known of an instrument after it was read anew. The socket tells of an end before the catalogue does, and an
 * answer of the catalogue may be an old one: a closed market does not open again, a resolved one only gets another
 * payout.
 */
export function advanced(known: Instrument, read: Instrument): Instrument {
  const isBack =
    (known.status === 'resolved' && read.status !== 'resolved') ||
    (known.status === 'closed' && (read.status === 'open' || read.status === 'halted'));
  return isBack ? { ...read, status: known.status, payout: known.payout } : read;
}

/** Whether its book counts: from the close on, nothing of it marks or fills. */
export const isTrading = ({ status }: Pick<Instrument, 'status'>): boolean => status === 'open' || status === 'halted';
