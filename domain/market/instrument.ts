import type { InstrumentId } from '../kernel/ids';
import {
  divide,
  type ExactFee,
  exactFee,
  ONE_DOLLAR_PRICE,
  type Ppm,
  type Price,
  type Qty,
  sumUsd,
  type Usd,
  usd,
} from '../kernel/money';
import type { Level } from './level';

export type Venue = 'binance' | 'kraken' | 'coinbase' | 'polymarket' | 'kalshi';

/**
 * An outcome's way is open → closed → pending → (disputed) → resolved; crypto's is open and halted, closed once its
 * venue lists it no more, and then open again or resolved. After `closed` nothing trades. A resolution may be
 * corrected: `resolved` again with another payout.
 */
export type InstrumentStatus = 'open' | 'halted' | 'closed' | 'pending' | 'disputed' | 'resolved';

/**
 * A venue's fee. `probability` is Polymarket's: shares × rate × p × (1 − p), rounded down to a hundred-thousandth of a
 * dollar. `probability_cent` is Kalshi's: the same product, rounded up to a whole cent over all fills of an order.
 */
export type Fee = { readonly kind: 'proportional' | 'probability' | 'probability_cent'; readonly rate: Ppm };

/**
 * What one share of a resolved outcome pays: a dollar, nothing, or, where nobody is right, a part of it; a void market
 * gives back what was paid. A delisted coin pays its last price.
 */
export type Payout = { readonly kind: 'pays'; readonly price: Price } | { readonly kind: 'void' };

/** One outcome of a prediction market; its price is a probability, and its payout at most a dollar. */
export type Outcome = {
  readonly marketId: string;
  /** The event that the market is one of, and its category, as the venue names them. */
  readonly eventId: string;
  readonly category: string;
  readonly question: string;
  /** Its place among the two: `yes` is the first of them, whatever it is called. */
  readonly side: 'yes' | 'no';
  /** What the venue calls it, where that is not YES or NO: `Up`, or a team. */
  readonly name?: string;
};

/** From this price on prices have this step, until the next band begins. */
export type PriceBand = { readonly from: Price; readonly step: Price };

export type Instrument = {
  readonly id: InstrumentId;
  readonly venue: Venue;
  /** The venue's own name: `BTC/USD`, a token id of Polymarket, a ticker of Kalshi with its side. */
  readonly venueSymbol: string;
  readonly kind: 'spot' | 'outcome';
  readonly title: string;
  /** The finest step of its prices. */
  readonly priceTick: Price;
  /** The steps from these prices on, from low to high, where they are not the same everywhere. */
  readonly priceBands?: readonly PriceBand[];
  readonly qtyStep: Qty;
  readonly qtyMin: Qty;
  readonly takerFee: Fee;
  readonly makerFee: Fee;
  readonly status: InstrumentStatus;
  /** What a share of a resolved outcome, or a delisted coin, pays; null of every other instrument. */
  readonly payout: Payout | null;
  readonly outcome?: Outcome;
};

/**
 * The currency that a coin is quoted in, with which its id ends: a price in tethers (USDT) is no price in dollars.
 * Undefined of an outcome, whose id begins with its venue and ends with what the outcome is called; what it pays is
 * dollars.
 */
export function quoteCurrencyOf(id: InstrumentId): QuoteCurrency | undefined {
  const [, currency] = /^(?!PM-.+-).+-(USDT?)(?:@[a-z]+)?$/.exec(id) ?? [];
  return currency as QuoteCurrency | undefined;
}

export type QuoteCurrency = 'USD' | 'USDT';

/** The kind that an id tells, where the instrument itself is not at hand: evidence holds ids alone. */
export const kindOf = (id: InstrumentId): Instrument['kind'] =>
  quoteCurrencyOf(id) === undefined ? 'outcome' : 'spot';

/** What a fill is charged, and what a later fill of its order is rounded together with. */
export type Charge = { readonly feeUsd: Usd; readonly exactFee?: ExactFee };

/** The fee of an order that fills with these levels at once, and with nothing before them. */
export const feeOf = (fee: Fee, levels: readonly Level[]): Usd => chargeOf(fee, levels).feeUsd;

/**
 * The fee of one fill over all its levels; `before` is the exact fee of its order's earlier fills. Proportional:
 * price × qty × rate, rounded up once, to a millionth of a dollar for each level. Probability: qty × rate × p × (1 −
 * p). Polymarket charges each match at its own price and rounds each down to five decimals of a dollar, as the fees
 * on its chain show. Kalshi rounds a fill up to a cent and gives back in whole cents what an order overpays by it, so
 * that its fills cost together what one would have: the fee of the whole order, less what is charged already.
 * Sources: the venues' published fee schedules, docs.kalshi.com/getting_started/fee_rounding; the evidence stands
 * beside the test.
 */
export function chargeOf({ kind, rate }: Fee, levels: readonly Level[], before: ExactFee = exactFee(0n)): Charge {
  switch (kind) {
    case 'proportional':
      return { feeUsd: sumUsd(levels.map(({ price, qty }) => usd(divide(price * qty * rate, SHARE_UNIT, 'ceil')))) };
    case 'probability':
      return { feeUsd: sumUsd(levels.map((level) => roundedDown(outcomeVariance(level) * rate))) };
    case 'probability_cent': {
      const whole = levels.reduce((sum, level) => sum + outcomeVariance(level) * rate, BigInt(before));
      return { feeUsd: usd(centsUp(whole) - centsUp(before)), exactFee: exactFee(whole) };
    }
  }
}

/** qty × p × (1 − p), with 8 + 16 decimals. */
const outcomeVariance = ({ price, qty }: Level): bigint => qty * price * (ONE_DOLLAR_PRICE - price);

const centsUp = (exact: bigint): bigint => divide(exact, PROBABILITY_FEE_UNIT * CENT, 'ceil') * CENT;

const roundedDown = (exact: bigint): Usd =>
  usd(divide(exact, PROBABILITY_FEE_UNIT * FIFTH_DECIMAL, 'floor') * FIFTH_DECIMAL);

/** In millionths of a dollar. */
const CENT = 10_000n;
const FIFTH_DECIMAL = 10n;

/** 8 (price) + 8 (qty) + 6 (ppm) decimals, less the 6 of Usd. */
const SHARE_UNIT = 10n ** 16n;

/** 8 (qty) + 16 (p × (1 − p)) + 6 (ppm) decimals, less the 6 of Usd. */
const PROBABILITY_FEE_UNIT = 10n ** 24n;
