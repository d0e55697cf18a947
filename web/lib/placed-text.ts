import { formatDecimal } from '../../domain/kernel/decimal';
import { USD_SCALE } from '../../domain/kernel/money';
import type { PlacedOrder } from './contract';
import { dollars, qtyText } from './display';
import { fillText } from './events';
import type { Naming } from './naming';
import { averagePrice, CANCEL_REASONS, leftText, lifeText, ticketText } from './order-text';
import { readUsd } from './read-decimal';
import type { Side } from './ticket';
import type { Ticket } from './ticket-draft';

export type PlacedText = { readonly tone: 'good' | 'info'; readonly title: string; readonly notes: readonly string[] };

/** What became of an order that was just placed: filled, working, both, or neither. */
export function placedText(ticket: Ticket, placed: PlacedOrder, naming: Naming): PlacedText {
  const { instrument, side, qty } = ticket;
  const terms = termsIn(ticket);
  const filled = filledText(instrument, side, placed, naming);
  const reason = placed.cancelReason ? `: ${CANCEL_REASONS[placed.cancelReason]}` : '';
  if (placed.status === 'open') {
    const works = `Works: ${lifeText(terms).toLowerCase()}`;
    if (!filled) return { tone: 'good', title: `Placed: ${ticketText({ ...ticket, terms }, naming)}`, notes: [works] };
    const left = qtyText(leftText({ qty, filledQty: placed.filledQty }));
    return { tone: 'good', title: filled.title, notes: [filled.fee, `${left} of it is left and works`] };
  }
  if (!filled) return { tone: 'info', title: `Nothing was filled${reason}`, notes: [] };
  if (placed.status === 'filled') return { tone: 'good', title: filled.title, notes: [filled.fee] };
  return { tone: 'info', title: filled.title, notes: [filled.fee, `The rest was cancelled${reason}`] };
}

/** All fills of an order in one sentence, at their average price; undefined while there is none. */
export function filledText(instrument: string, side: Side, placed: PlacedOrder, naming: Naming) {
  const price = averagePrice(placed.fills);
  if (price === undefined) return undefined;
  const sum = (field: 'feeUsd' | 'realizedUsd') => placed.fills.reduce((all, fill) => all + readUsd(fill[field]), 0n);
  const realizedUsd = formatDecimal(sum('realizedUsd'), USD_SCALE);
  const title = fillText({ instrument, side, qty: placed.filledQty, price, realizedUsd }, naming);
  return { title, fee: `Fee ${dollars(sum('feeUsd'))}` };
}

/** A ticket leaves the default of a limit order's life to the platform; the desk always names it. */
const termsIn = (ticket: Ticket) =>
  ticket.type === 'limit' ? { ...ticket, timeInForce: ticket.timeInForce ?? ({ kind: 'gtc' } as const) } : ticket;
