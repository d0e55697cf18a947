import type { ServerMessage } from '../../contracts/ws/messages';
import type { Instrument } from './contract';

type Changed = Extract<ServerMessage, { type: 'instrument-changed' }>;

/** The listed instruments after one of them was halted, opened again, closed or resolved at the venue that lists it. */
export const changedListing = (listed: readonly Instrument[], { instrument, venue, status, payout }: Changed) =>
  listed.map((one) => (one.id === instrument && (venue ?? one.venue) === one.venue ? { ...one, status, payout } : one));

/** What stands in place of a price's state where the market itself is not open; undefined where it is. */
export function marketStateText({ status, payout }: Pick<Instrument, 'status' | 'payout'>): string | undefined {
  switch (status) {
    case 'open':
      return undefined;
    case 'halted':
      return 'Halted';
    case 'closed':
      return 'Closed';
    case 'pending':
      return 'Awaiting resolution';
    case 'disputed':
      return 'Resolution disputed';
    case 'resolved':
      return payout?.kind === 'void' ? 'Void' : 'Resolved';
  }
}

/** Why no order can be placed in a market; undefined while it is open. */
export function noTradingText({
  status,
  payout,
  kind,
}: Pick<Instrument, 'status' | 'payout' | 'kind'>): string | undefined {
  switch (status) {
    case 'open':
      return undefined;
    case 'halted':
      return 'This market is halted; no order can be placed until it opens again.';
    case 'closed':
      return kind === 'spot'
        ? 'The venue lists this coin no more. If it is not back within a day, what is held of it is settled at its last price.'
        : 'Trading in this market has ended; it waits for its resolution.';
    case 'pending':
    case 'disputed':
      return 'Trading in this market has ended; its resolution has been proposed and is not final yet.';
    case 'resolved':
      return kind === 'spot'
        ? `This coin was delisted: ${payout?.kind === 'pays' ? `it was settled at $${payout.price}` : 'what was paid was given back'}.`
        : `Trading in this market has ended: ${resolvedText(payout)}.`;
  }
}

const resolvedText = (payout: Instrument['payout']): string => {
  if (!payout) return 'it is resolved';
  return payout.kind === 'void' ? 'it is void, and what was paid is given back' : `each share pays $${payout.price}`;
};
