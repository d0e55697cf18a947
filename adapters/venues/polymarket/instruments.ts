import { idOf } from '../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm, qty } from '../../../domain/kernel/money';
import type { Fee, Instrument } from '../../../domain/market/instrument';
import { stateOf } from './lifecycle';
import type { GammaMarket } from './rest';

/** Shares are traded in hundredths. */
const QTY_STEP = qty(10n ** 6n);

const NO_CATEGORY = 'Other';

/** An instrument id goes into URLs, topics and keys. */
const SLUG = /^[A-Za-z0-9-]{1,180}$/;

/**
 * Both outcomes of a binary market as instruments, YES first; nothing when the market has other outcomes, a slug or
 * steps that we cannot hold, or a fee of another form than its own rate in shares × rate × p × (1 − p).
 */
export function instrumentsFrom(market: GammaMarket): readonly Instrument[] {
  const [yesToken, noToken] = market.clobTokenIds;
  const isBinary = market.outcomes.length === 2 && market.outcomes[0] === 'Yes' && market.outcomes[1] === 'No';
  const [priceTick, qtyMin] = [parsePrice(`${market.orderPriceMinTickSize}`), parseQty(`${market.orderMinSize}`)];
  if (!isBinary || !yesToken || !noToken || priceTick === undefined || qtyMin === undefined) return [];
  const hasOurFee = !market.feesEnabled || (market.feeSchedule?.exponent ?? 1) === 1;
  if (!SLUG.test(market.slug) || !hasOurFee) return [];
  const { takerFee, makerFee } = feesOf(market);
  const state = stateOf(market);
  const common = {
    venue: 'polymarket',
    kind: 'outcome',
    priceTick,
    qtyStep: QTY_STEP,
    qtyMin,
    takerFee,
    makerFee,
    status: state.status,
  } as const;
  const [event] = market.events ?? [];
  const eventId = event?.id ?? market.conditionId;
  const category = market.category ?? event?.category ?? NO_CATEGORY;
  const outcome = (side: 'yes' | 'no', venueSymbol: string): Instrument => ({
    ...common,
    id: idOf(`PM-${market.slug}-${side.toUpperCase()}`),
    venueSymbol,
    title: `${market.question} ${side.toUpperCase()}`,
    payout: state.status === 'resolved' ? state[side] : null,
    outcome: { marketId: market.conditionId, eventId, category, question: market.question, side },
  });
  return [outcome('yes', yesToken), outcome('no', noToken)];
}

/** The fee of a market's own schedule; makers pay it only where the schedule says so. */
function feesOf({ feesEnabled, feeSchedule }: GammaMarket): Pick<Instrument, 'takerFee' | 'makerFee'> {
  const fee = (rate: number): Fee => ({ kind: 'probability', rate: ppm(BigInt(Math.round(rate * 1_000_000))) });
  const rate = feesEnabled ? (feeSchedule?.rate ?? 0) : 0;
  return { takerFee: fee(rate), makerFee: fee(feeSchedule?.takerOnly === false ? rate : 0) };
}

/** The market's slug in the id of one of its outcomes. */
export const slugOf = ({ id }: Pick<Instrument, 'id'>): string => id.replace(/^PM-/, '').replace(/-(YES|NO)$/, '');
