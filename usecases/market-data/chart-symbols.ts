import { idOf } from '../../domain/kernel/ids';
import { PRICE_SCALE, type Price } from '../../domain/kernel/money';
import type { Instrument } from '../../domain/market/instrument';
import type { InstrumentSource } from '../ports/market-data/market-data';
import { onceEach } from './listed-of';

/** An instrument as a chart library knows it: a step of its price is `minmov` ÷ `pricescale`. */
export type ChartSymbol = Pick<Instrument, 'id' | 'title' | 'venue' | 'kind'> & {
  readonly minmov: bigint;
  readonly pricescale: bigint;
};

export type SymbolSearch = {
  readonly text: string;
  readonly venue: string | undefined;
  readonly kind: Instrument['kind'] | undefined;
  readonly limit: number;
};

/** Symbols are our ids, with or without their venue and a colon before them. */
export const findSymbol =
  ({ instruments }: { readonly instruments: Pick<InstrumentSource, 'find'> }) =>
  async (text: string): Promise<ChartSymbol | undefined> => {
    const id = idOf<Instrument['id']>(text.slice(text.indexOf(':') + 1));
    const found = (await instruments.find([id])).get(id);
    return found && symbolOf(found);
  };

export const searchSymbols =
  ({ instruments }: { readonly instruments: Pick<InstrumentSource, 'list'> }) =>
  async ({ text, venue, kind, limit }: SymbolSearch): Promise<readonly ChartSymbol[]> => {
    const wanted = text.toLowerCase();
    const fits = (each: Instrument) =>
      `${each.id} ${each.title}`.toLowerCase().includes(wanted) &&
      (venue === undefined || each.venue === venue) &&
      (kind === undefined || each.kind === kind);
    return onceEach(await instruments.list())
      .filter(fits)
      .slice(0, limit)
      .map(symbolOf);
  };

const symbolOf = ({ id, title, venue, kind, priceTick }: Instrument): ChartSymbol => ({
  id,
  title,
  venue,
  kind,
  ...stepOf(priceTick),
});

/** A step as a whole number of the smallest power of ten that holds it: 0.5 is 5 of 10. */
function stepOf(tick: Price): Pick<ChartSymbol, 'minmov' | 'pricescale'> {
  let [minmov, pricescale] = [BigInt(tick), 10n ** BigInt(PRICE_SCALE)];
  while (pricescale > 1n && minmov % 10n === 0n) [minmov, pricescale] = [minmov / 10n, pricescale / 10n];
  return { minmov, pricescale };
}
