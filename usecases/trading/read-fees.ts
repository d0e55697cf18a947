import type { Fee, Instrument, Venue } from '../../domain/market/instrument';
import type { InstrumentSource } from '../ports/market-data/market-data';

/** What a venue asks of orders in one kind of market: the most that any open market of it has. */
export type VenueFees = {
  readonly venue: Venue;
  readonly kind: Instrument['kind'];
  readonly takerFee: Fee;
  readonly makerFee: Fee;
};

/** For whoever has not bought yet: every fill costs what its venue would ask, and that counts against every limit. */
export const readFees =
  ({ instruments }: { readonly instruments: Pick<InstrumentSource, 'list'> }) =>
  async (): Promise<readonly VenueFees[]> => {
    const fees = new Map<string, VenueFees>();
    for (const { venue, kind, takerFee, makerFee, status } of await instruments.list()) {
      if (status !== 'open' && status !== 'halted') continue;
      const known = fees.get(`${venue} ${kind}`);
      fees.set(`${venue} ${kind}`, {
        venue,
        kind,
        takerFee: dearer(known?.takerFee, takerFee),
        makerFee: dearer(known?.makerFee, makerFee),
      });
    }
    return [...fees.values()].sort((a, b) => (`${a.kind} ${a.venue}` > `${b.kind} ${b.venue}` ? -1 : 1));
  };

const dearer = (known: Fee | undefined, fee: Fee): Fee => (known && known.rate >= fee.rate ? known : fee);
