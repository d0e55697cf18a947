import { type Ppm, ppm } from '../../../../domain/kernel/money';
import type { Fee, Instrument } from '../../../../domain/market/instrument';
import type { KalshiEvent, KalshiSeries } from '../wire/rest';

/** Rates are of contracts × p × (1 − p), and a series has a multiple of them. Source: Kalshi's fee schedule. */
const TAKER_RATE = 70_000n;
const MAKER_RATE = 17_500n;

/** The multiple is told with a few decimals. */
const MULTIPLE_SCALE = 10_000;

type Fees = Pick<Instrument, 'takerFee' | 'makerFee'>;

/**
 * What the orders of an event's markets pay: what the event says itself goes before what its series says. Makers pay
 * in some series only. Undefined of a schedule that we do not know, unless it takes nothing.
 */
export function feesOf(series: KalshiSeries, event: KalshiEvent): Fees | undefined {
  const type = event.fee_type_override ?? series.fee_type;
  const multiple = multipleOf(event.fee_multiplier_override ?? series.fee_multiplier);
  if (multiple === undefined) return undefined;
  if (multiple === 0n || type === 'fee_free') return { takerFee: fee(ppm(0n)), makerFee: fee(ppm(0n)) };
  if (type !== 'quadratic' && type !== 'quadratic_with_maker_fees') return undefined;
  const rate = (of: bigint) => ppm((of * multiple) / BigInt(MULTIPLE_SCALE));
  return { takerFee: fee(rate(TAKER_RATE)), makerFee: fee(type === 'quadratic' ? ppm(0n) : rate(MAKER_RATE)) };
}

const fee = (rate: Ppm): Fee => ({ kind: 'probability_cent', rate });

/** Undefined of a multiple that cannot be, or that is finer than we can hold. */
function multipleOf(multiple: number): bigint | undefined {
  const scaled = Math.round(multiple * MULTIPLE_SCALE);
  const isExact = Math.abs(multiple * MULTIPLE_SCALE - scaled) < 1e-6;
  return isExact && multiple >= 0 && multiple <= 10 ? BigInt(scaled) : undefined;
}
