import type { Account } from '../../account/account';
import type { OrderTicket } from '../../account/orders/order';
import { dollarsText } from '../../kernel/dollars-text';
import { addUsd, formatPpm, largerUsd, type Ppm, type Price, price, type Usd, ZERO_USD } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import type { Instrument, Outcome } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { rulesInForce } from '../rules/rules-in-force';
import { boundInstruments, outcomeCost } from './exposure';
import { followedCap } from './followed-caps';

export type OutcomeRefusal =
  | 'outcome_price_band'
  | 'both_outcomes_held'
  | 'market_cap_exceeded'
  | 'event_cap_exceeded'
  | 'category_cap_exceeded';

/** Parts per million of a dollar, as a price of 10^-8. */
const PRICE_PER_PPM = 100n;

export const shareAsPrice = (share: Ppm): Price => price(share * PRICE_PER_PPM);

/** What buying an outcome is held to beside its cost: the other outcome, its event and its category. */
export function overOutcomeCaps(
  { rules: sold, instruments, account }: DecisionContext,
  { side }: OrderTicket,
  { outcome }: Instrument,
): Refused<OutcomeRefusal> | undefined {
  if (!outcome || side === 'sell') return undefined;
  const rules = rulesInForce(sold, account);
  const { exposure } = rules;
  const bound = boundOutcomes(instruments, account);
  if (!exposure.allowsBothOutcomes && holdsBoth(bound, outcome)) {
    return refuse('both_outcomes_held', 'instrument', 'only one outcome of a market may be held or ordered');
  }
  const { marketUsdMax, eventUsdMax, categoryUsdMax, netsOutcomes } = exposure;
  const cap = (capUsd: Usd | null) => followedCap(rules, account, capUsd);
  const ofMarket = bound.filter((each) => each.outcome.marketId === outcome.marketId);
  const ofEvent = bound.filter((each) => each.outcome.eventId === outcome.eventId);
  const ofCategory = bound.filter((each) => each.outcome.category === outcome.category);
  return (
    over('market_cap_exceeded', 'market', cap(marketUsdMax), costOf(ofMarket, netsOutcomes)) ??
    over('event_cap_exceeded', 'event', cap(eventUsdMax), costOf(ofEvent, netsOutcomes)) ??
    over('category_cap_exceeded', 'category', cap(categoryUsdMax), costOf(ofCategory, netsOutcomes))
  );
}

/** An outcome is bought only at prices inside the tier's band, whatever it names and whatever it takes. */
export function outsideBand(
  { rules: { exposure } }: DecisionContext,
  { kind }: Instrument,
  prices: readonly Price[],
): Refused<'outcome_price_band'> | undefined {
  const { outcomePriceMin, outcomePriceMax } = exposure;
  const [lowest, highest] = [shareAsPrice(outcomePriceMin), shareAsPrice(outcomePriceMax)];
  if (kind !== 'outcome' || prices.every((each) => each >= lowest && each <= highest)) return undefined;
  const band = `${formatPpm(outcomePriceMin)} to ${formatPpm(outcomePriceMax)}`;
  return refuse('outcome_price_band', 'instrument', `outcomes are bought only at prices from ${band}`);
}

type BoundOutcome = { readonly outcome: Outcome; readonly costUsd: Usd };

function boundOutcomes(instruments: DecisionContext['instruments'], account: Account): readonly BoundOutcome[] {
  return [...boundInstruments(account)].flatMap((id) => {
    const instrument = instruments.get(id);
    return instrument?.outcome ? [{ outcome: instrument.outcome, costUsd: outcomeCost(instrument, account) }] : [];
  });
}

const holdsBoth = (bound: readonly BoundOutcome[], { marketId, side }: Outcome): boolean =>
  bound.some((each) => each.outcome.marketId === marketId && each.outcome.side !== side);

/** Netted, only the dearer outcome of each market counts: the other one pays when it is lost. */
function costOf(bound: readonly BoundOutcome[], nets: boolean): Usd {
  if (!nets) return bound.reduce((sum, { costUsd }) => addUsd(sum, costUsd), ZERO_USD);
  const worst = new Map<string, Usd>();
  for (const { outcome, costUsd } of bound) {
    worst.set(outcome.marketId, largerUsd(worst.get(outcome.marketId) ?? ZERO_USD, costUsd));
  }
  return [...worst.values()].reduce(addUsd, ZERO_USD);
}

const over = <Refusal extends OutcomeRefusal>(
  refusal: Refusal,
  of: string,
  capUsd: Usd | null,
  costUsd: Usd,
): Refused<Refusal> | undefined =>
  capUsd === null || costUsd <= capUsd
    ? undefined
    : refuse(
        refusal,
        'qty',
        `outcomes of one ${of} may cost ${dollarsText(capUsd, 'floor')} together, not ${dollarsText(costUsd, 'ceil')}`,
      );
