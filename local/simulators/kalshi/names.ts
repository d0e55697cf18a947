/** One question as Kalshi lists it. */
export type KalshiNames = {
  readonly series: string;
  readonly event: string;
  readonly ticker: string;
  readonly title: string;
  readonly yesSubTitle: string;
  readonly feeType: 'quadratic' | 'quadratic_with_maker_fees';
};

/** Kalshi asks what Polymarket asks in other words; the key is the truth's id. */
export const KALSHI_NAMES: Readonly<Record<string, KalshiNames>> = {
  'btc-above-100k-at-year-end': {
    series: 'KXBTCY',
    event: 'KXBTCY-26DEC31',
    ticker: 'KXBTCY-26DEC31-T99999.99',
    title: 'Bitcoin price at the end of the year',
    yesSubTitle: '$100,000 or above',
    feeType: 'quadratic',
  },
  'fed-cuts-rates-in-december': {
    series: 'KXFEDDECISION',
    event: 'KXFEDDECISION-26DEC',
    ticker: 'KXFEDDECISION-26DEC-C25',
    title: 'Fed decision in December',
    yesSubTitle: 'Rate cut',
    feeType: 'quadratic_with_maker_fees',
  },
  'rain-in-london-on-new-years-day': {
    series: 'KXRAINNYC',
    event: 'KXRAINNYC-27JAN01',
    ticker: 'KXRAINNYC-27JAN01-T0',
    title: 'Rain in New York on New Year’s Day',
    yesSubTitle: 'Any rain',
    feeType: 'quadratic',
  },
};

/** How we call both outcomes of a question at Kalshi. */
export function instrumentNames(id: string): { readonly yes: string; readonly no: string } {
  const market = `KALSHI-${(KALSHI_NAMES[id]?.ticker ?? '').replaceAll('.', 'p')}`;
  return { yes: `${market}-YES`, no: `${market}-NO` };
}
