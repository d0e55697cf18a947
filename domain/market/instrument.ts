import type { InstrumentId } from '../kernel/ids';
import type { Ppm, Price, Qty, Usd } from '../kernel/money';
import { divide, notional, ONE_DOLLAR_PRICE, portion, usd } from '../kernel/money';

export type Venue = 'kraken' | 'polymarket';

/** `closed` is final: the market has ended and waits for, or has had, its resolution. */
export type InstrumentStatus = 'open' | 'halted' | 'closed';

/** What a taker pays. `probability` is Polymarket's: shares × rate × p × (1 − p). */
export type TakerFee = { readonly kind: 'proportional' | 'probability'; readonly rate: Ppm };

/** One outcome of a prediction market; its price is a probability and its payout 0 or 1 dollar. */
export type Outcome = {
  readonly marketId: string;
  readonly question: string;
  readonly side: 'yes' | 'no';
};

export type Instrument = {
  readonly id: InstrumentId;
  readonly venue: Venue;
  /** The venue's own name: `BTC/USD`, or a Polymarket token id. */
  readonly venueSymbol: string;
  readonly kind: 'spot' | 'outcome';
  readonly title: string;
  readonly priceTick: Price;
  readonly qtyStep: Qty;
  readonly qtyMin: Qty;
  readonly takerFee: TakerFee;
  readonly status: InstrumentStatus;
  readonly outcome?: Outcome;
};

/**
 * The taker's fee for one level of a fill, rounded up to a millionth of a dollar: the venue never earns less.
 * Proportional: price × qty × rate. Probability: qty × rate × p × (1 − p), Polymarket's published schedule.
 */
export function takerFee(fee: TakerFee, at: Price, amount: Qty): Usd {
  if (fee.kind === 'proportional') return portion(notional(at, amount, 'ceil'), fee.rate, 'ceil');
  const perShare = at * (ONE_DOLLAR_PRICE - at); // 16 decimals.
  return usd(divide(amount * perShare * fee.rate, PROBABILITY_FEE_UNIT, 'ceil'));
}

/** 8 (qty) + 16 (p × (1 − p)) + 6 (ppm) decimals, less the 6 of Usd. */
const PROBABILITY_FEE_UNIT = 10n ** 24n;
