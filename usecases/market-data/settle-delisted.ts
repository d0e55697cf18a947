import { DAY_MS, plusMs } from '../../domain/kernel/instant';
import type { Instrument, Payout } from '../../domain/market/instrument';
import { listedIn } from '../../domain/market/listing';
import type { Clock } from '../ports/clock-and-ids';
import type { LastMarks } from '../ports/market-data/candles';
import type { Catalogue } from '../ports/market-data/catalogue';

export type SettleDelistedParts = {
  readonly catalogue: Pick<Catalogue, 'delisted'>;
  readonly candles: LastMarks;
  readonly publishInstruments: (instruments: readonly Instrument[]) => Promise<void>;
  readonly clock: Clock;
};

/** So long a coin that its venue no longer lists is waited for: it may come back, and then trading goes on. */
export const DELISTED_FOR_MS = DAY_MS;

/**
 * Settles the coins whose venue has not listed them for a day, at the last middle of a book that was believed: neither
 * what a long nor what a short would have left at, so it is fair to both. What the venue tells of its own past is no
 * such price. Where it is lost, they are void:
 * nobody is left with what nobody can trade. The catalogue has it first, then every holder is paid as for an outcome.
 */
export const settleDelisted =
  ({ catalogue, candles, publishInstruments, clock }: SettleDelistedParts) =>
  async (): Promise<void> => {
    const gone = await catalogue.delisted(plusMs(clock.now(), -DELISTED_FOR_MS));
    if (gone.length === 0) return;
    const settled = await Promise.all(
      gone.map(async (instrument): Promise<Instrument> => {
        const last = await candles.lastMark(listedIn(instrument.id));
        const payout: Payout = last === undefined ? { kind: 'void' } : { kind: 'pays', price: last };
        return { ...instrument, status: 'resolved', payout };
      }),
    );
    await publishInstruments(settled);
  };
