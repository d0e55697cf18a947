import type { Instrument } from './contract';

type Named = {
  /** What a quantity counts: "BTC", or "YES · <question>", or "Up · <question>". */
  readonly unit: string;
  readonly tick: string;
};

export type Naming = (instrument: string) => Named;

/** What an outcome is called: the venue's name, or YES or NO. */
export const outcomeName = ({ name, side }: NonNullable<Instrument['outcome']>): string => name ?? side.toUpperCase();

export const unitOf = ({ id, outcome }: Pick<Instrument, 'id' | 'outcome'>): string =>
  outcome ? `${outcomeName(outcome)} · ${outcome.question}` : (id.split('-')[0] ?? id);

/** Names by id; an instrument that is no longer listed keeps its id. */
export function namingOf(instruments: readonly Instrument[]): Naming {
  const byId = new Map(instruments.map((instrument) => [instrument.id as string, instrument]));
  return (id) => {
    const found = byId.get(id);
    return found ? { unit: unitOf(found), tick: found.priceTick } : { unit: id, tick: '0.01' };
  };
}
