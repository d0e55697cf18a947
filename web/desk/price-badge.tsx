import type { Instrument } from '../lib/contract';
import { marketStateText } from '../lib/listing';
import { PRICE_STATE_TEXT, type PriceState } from '../lib/quotes';

type PriceBadgeProps = { readonly instrument: Instrument | undefined; readonly state: PriceState };

/** Says when a price may not be traded on, first of all because its market is not open; a good one needs no badge. */
export function PriceBadge({ instrument, state }: PriceBadgeProps) {
  const market = instrument && marketStateText(instrument);
  if (market !== undefined) return <span className="price-badge price-market">{market}</span>;
  return state === 'good' ? null : <span className={`price-badge price-${state}`}>{PRICE_STATE_TEXT[state]}</span>;
}
