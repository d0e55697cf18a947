import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Instrument } from '../../domain/market/instrument';
import type { Clock } from '../ports/clock-and-ids';
import type { InstrumentSource } from '../ports/market-data/market-data';

/**
 * Keeps the catalogue for a moment, so that an order costs no query for it. A market that closed meanwhile still
 * refuses orders at once: its book stops being good.
 */
export function cachedInstruments(source: InstrumentSource, clock: Clock, keepMs: number): InstrumentSource {
  let kept: { readonly at: Instant; readonly byId: ReadonlyMap<InstrumentId, Instrument> } | undefined;
  const load = async () => {
    const byId = new Map((await source.list()).map((instrument) => [instrument.id, instrument]));
    kept = { at: clock.now(), byId };
    return byId;
  };
  const current = async () => (kept && clock.now() - kept.at < keepMs ? kept.byId : load());
  return {
    list: async () => [...(await current()).values()],
    find: async (ids) => {
      let byId = await current();
      if (ids.some((id) => !byId.has(id))) byId = await load();
      return new Map(ids.flatMap((id) => (byId.has(id) ? [[id, byId.get(id) as Instrument]] : [])));
    },
  };
}
