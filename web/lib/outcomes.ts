import type { Instrument } from './contract';

export type Market =
  | { readonly kind: 'spot'; readonly id: string; readonly title: string; readonly instrument: Instrument }
  | {
      readonly kind: 'prediction';
      readonly id: string;
      readonly title: string;
      readonly yes: Instrument | undefined;
      readonly no: Instrument | undefined;
    };

/** Instruments as a trader sees them: a prediction market is one thing with two sides. */
export function marketsOf(instruments: readonly Instrument[]): readonly Market[] {
  const markets: Market[] = [];
  const seen = new Set<string>();
  for (const instrument of instruments) {
    const { outcome } = instrument;
    if (!outcome) {
      markets.push({ kind: 'spot', id: instrument.id, title: instrument.title, instrument });
      continue;
    }
    if (seen.has(outcome.marketId)) continue;
    seen.add(outcome.marketId);
    const sideOf = (side: 'yes' | 'no') =>
      instruments.find((other) => other.outcome?.marketId === outcome.marketId && other.outcome.side === side);
    markets.push({
      kind: 'prediction',
      id: outcome.marketId,
      title: outcome.question,
      yes: sideOf('yes'),
      no: sideOf('no'),
    });
  }
  return markets.sort((a, b) => rank(a) - rank(b));
}

const rank = (market: Market): number => (market.kind === 'spot' ? 0 : 1);

/** The other outcome of the same prediction market. */
export const siblingOf = (instrument: Instrument, instruments: readonly Instrument[]): Instrument | undefined =>
  instruments.find(
    (other) =>
      instrument.outcome && other.outcome?.marketId === instrument.outcome.marketId && other.id !== instrument.id,
  );
