import type { HoldingMove } from '../../domain/assessment/surveillance/position-changes';
import type { InstrumentSource } from '../ports/market-data/market-data';

/** What the catalogue says of everything that these accounts traded. */
export const tradedInstruments = (
  instruments: Pick<InstrumentSource, 'find'>,
  accounts: readonly { readonly moves: readonly HoldingMove[] }[],
): ReturnType<InstrumentSource['find']> => {
  const traded = new Set(accounts.flatMap(({ moves }) => moves.map(({ instrument }) => instrument)));
  return instruments.find([...traded]);
};
