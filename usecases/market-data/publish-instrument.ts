import { type Instrument, quoteCurrencyOf } from '../../domain/market/instrument';
import type { Clock } from '../ports/clock-and-ids';
import type { Catalogue, ChangePublisher } from '../ports/market-data/catalogue';

export type PublishInstrumentParts = {
  readonly catalogue: Pick<Catalogue, 'upsert' | 'untold' | 'told'>;
  readonly changes: ChangePublisher;
  readonly clock: Clock;
};

/**
 * Saves instruments, then tells each status and payout that the topic has not heard, those of an earlier run included:
 * whoever hears of a change finds it in the catalogue. At least once: it is marked as told after the brokers have it.
 */
export const publishInstruments =
  ({ catalogue, changes, clock }: PublishInstrumentParts) =>
  async (instruments: readonly Instrument[]): Promise<void> => {
    await catalogue.upsert(instruments.map(inDollars));
    const untold = await catalogue.untold();
    if (untold.length === 0) return;
    await changes.publishChanges(untold, clock.now());
    await catalogue.told(untold);
  };

/** Accounts are kept in dollars: what is quoted in another currency cannot be traded, whatever its venue says. */
function inDollars(instrument: Instrument): Instrument {
  const isForeign = (quoteCurrencyOf(instrument.id) ?? 'USD') !== 'USD';
  return isForeign && instrument.status === 'open' ? { ...instrument, status: 'halted' } : instrument;
}
