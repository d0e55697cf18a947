import { idOf } from '../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm, qty } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import type { GammaMarket } from './rest';

/** Shares are traded in hundredths. */
const QTY_STEP = qty(10n ** 6n);

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
  const rate = market.feesEnabled ? (market.feeSchedule?.rate ?? 0) : 0;
  const common = {
    venue: 'polymarket',
    kind: 'outcome',
    priceTick,
    qtyStep: QTY_STEP,
    qtyMin,
    takerFee: { kind: 'probability', rate: ppm(BigInt(Math.round(rate * 1_000_000))) },
    status: market.closed ? 'closed' : market.active && market.acceptingOrders ? 'open' : 'halted',
  } as const;
  const outcome = (side: 'yes' | 'no', venueSymbol: string): Instrument => ({
    ...common,
    id: idOf(`PM-${market.slug}-${side.toUpperCase()}`),
    venueSymbol,
    title: `${market.question} ${side.toUpperCase()}`,
    outcome: { marketId: market.conditionId, question: market.question, side },
  });
  return [outcome('yes', yesToken), outcome('no', noToken)];
}

/** The market's slug in the id of one of its outcomes. */
export const slugOf = ({ id }: Pick<Instrument, 'id'>): string => id.replace(/^PM-/, '').replace(/-(YES|NO)$/, '');
