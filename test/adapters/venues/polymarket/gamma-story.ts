import { instrumentsFrom } from '../../../../adapters/venues/polymarket/markets/instruments';
import { type GammaMarket, gammaMarket } from '../../../../adapters/venues/polymarket/wire/rest';
import { invariant } from '../../../../domain/kernel/invariant';
import type { Instrument } from '../../../../domain/market/instrument';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';

/** A market as Gamma writes it, its lists as JSON inside texts. */
export const gammaText = (given: object = {}): object => ({
  slug: 'rain',
  question: 'Rain?',
  conditionId: '0x1',
  outcomes: '["Yes","No"]',
  clobTokenIds: '["1","2"]',
  orderPriceMinTickSize: 0.01,
  orderMinSize: 5,
  active: true,
  closed: false,
  acceptingOrders: true,
  feesEnabled: true,
  feeSchedule: { rate: 0.04, exponent: 1, takerOnly: true },
  outcomePrices: '["0.6","0.4"]',
  umaResolutionStatuses: '[]',
  events: [{ id: 77, category: 'Weather' }],
  ...given,
});

export const gamma = (given: object = {}): GammaMarket => gammaMarket.parse(gammaText(given));

/** An outcome of a simulated market as an earlier run has left it in the catalogue. */
export function heldOutcome(slug: string, side: 'yes' | 'no', more: Partial<Instrument> = {}): Instrument {
  const listing = OUTCOMES.find((outcome) => outcome.slug === slug);
  invariant(listing !== undefined, `${slug} is simulated`);
  const { question, conditionId, yesToken, noToken } = listing;
  const clobTokenIds = JSON.stringify([yesToken, noToken]);
  const instrument = instrumentsFrom(gamma({ slug, question, conditionId, clobTokenIds })).find(
    ({ outcome }) => outcome?.side === side,
  );
  invariant(instrument !== undefined, 'it is binary');
  return { ...instrument, ...more };
}
