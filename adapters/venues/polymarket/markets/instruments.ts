import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm, qty } from '../../../../domain/kernel/money';
import type { Fee, Instrument, Outcome } from '../../../../domain/market/instrument';
import type { GammaMarket } from '../wire/rest';
import { stateOf } from './lifecycle';
import { sidesOf } from './outcomes';

/** Shares are traded in hundredths. */
const QTY_STEP = qty(10n ** 6n);

const NO_CATEGORY = 'Other';

/** An instrument id goes into URLs, topics and keys. */
const SLUG = /^[A-Za-z0-9-]{1,180}$/;

/**
 * What Polymarket's fee page asks in a category. A market usually states its own rate; some of the oldest that take a
 * fee state only its type.
 */
const RATES: readonly (readonly [type: RegExp, rate: number])[] = [
  [/^crypto_fees/, 0.07],
  [/^sports_fees/, 0.03],
];

/** Why a market cannot be followed, as the end of a sentence about it; undefined when it can be. */
export function whyNot(market: GammaMarket): string | undefined {
  const { outcomes, clobTokenIds, orderPriceMinTickSize, orderMinSize, slug } = market;
  const [priceTick, qtyMin] = [parsePrice(`${orderPriceMinTickSize}`), parseQty(`${orderMinSize}`)];
  if (outcomes.length !== 2) return `it has ${outcomes.length} outcomes and not two`;
  if (new Set(clobTokenIds).size !== 2) return 'its outcomes have no tokens of their own';
  if (!market.enableOrderBook) return 'it has no order book';
  if (!priceTick || priceTick < 0n) return `we cannot hold its price step of ${orderPriceMinTickSize}`;
  if (qtyMin === undefined || qtyMin < 0n) return `we cannot hold its least quantity of ${orderMinSize}`;
  if (!SLUG.test(slug)) return 'its slug is unfit for an id';
  const exponent = market.feesEnabled ? (market.feeSchedule?.exponent ?? 1) : 1;
  if (exponent !== 1) return `its fee follows another formula, with the exponent ${exponent}`;
  return rateOf(market) === undefined ? 'it takes a fee and does not say at which rate' : undefined;
}

/** Both outcomes of a market as instruments, the first one first; none when it cannot be followed. */
export function instrumentsFrom(market: GammaMarket): readonly Instrument[] {
  const [firstToken, secondToken] = market.clobTokenIds;
  const [priceTick, qtyMin] = [parsePrice(`${market.orderPriceMinTickSize}`), parseQty(`${market.orderMinSize}`)];
  const rate = rateOf(market);
  if (whyNot(market) !== undefined || !firstToken || !secondToken || !priceTick || !qtyMin) return [];
  const state = stateOf(market);
  const common = {
    venue: 'polymarket',
    kind: 'outcome',
    priceTick,
    qtyStep: QTY_STEP,
    qtyMin,
    ...feesAt(rate ?? 0, market),
    status: state.status,
  } as const;
  const [event] = market.events ?? [];
  const eventId = event?.id ?? market.conditionId;
  const category = market.category ?? event?.category ?? NO_CATEGORY;
  const { question, conditionId: marketId } = market;
  const outcome = (side: Outcome['side'], venueSymbol: string): Instrument => {
    const { suffix, name, shown } = sidesOf(market.outcomes)[side];
    return {
      ...common,
      id: idOf(`PM-${market.slug}-${suffix}`),
      venueSymbol,
      title: `${question} ${shown}`,
      payout: state.status === 'resolved' ? state[side] : null,
      outcome: { marketId, eventId, category, question, side, ...(name !== undefined && { name }) },
    };
  };
  return [outcome('yes', firstToken), outcome('no', secondToken)];
}

/** Undefined where it takes a fee whose rate nobody knows. */
function rateOf({ feesEnabled, feeSchedule, feeType }: GammaMarket): number | undefined {
  if (!feesEnabled) return 0;
  return feeSchedule?.rate ?? RATES.find(([type]) => type.test(feeType ?? ''))?.[1];
}

/** Makers pay it only where the schedule says so. */
function feesAt(rate: number, { feeSchedule }: GammaMarket): Pick<Instrument, 'takerFee' | 'makerFee'> {
  const fee = (each: number): Fee => ({ kind: 'probability', rate: ppm(BigInt(Math.round(each * 1_000_000))) });
  return { takerFee: fee(rate), makerFee: fee(feeSchedule?.takerOnly === false ? rate : 0) };
}

/** The market's slug in the id of one of its outcomes: what follows the last dash is the outcome. */
export const slugOf = ({ id }: { readonly id: InstrumentId }): string =>
  id.replace(/^PM-/, '').replace(/-[A-Z0-9]+$/, '');
