import { PRICE_STATE_TEXT, type PriceState } from '../lib/quotes';

/** Says when a price may not be traded on; a good one needs no badge. */
export const PriceBadge = ({ state }: { readonly state: PriceState }) =>
  state === 'good' ? null : <span className={`price-badge price-${state}`}>{PRICE_STATE_TEXT[state]}</span>;
