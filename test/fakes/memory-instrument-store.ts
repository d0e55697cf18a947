import type { InstrumentStore } from '../../usecases/ports/market-data/market-data';
import type { MemoryWorld } from './memory-world';

export const memoryInstrumentStore = ({ instruments }: MemoryWorld): InstrumentStore => ({
  list: async () => [...instruments.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  find: async (ids) => new Map([...instruments].filter(([id]) => ids.includes(id))),
  upsert: async (given) => {
    for (const instrument of given) instruments.set(instrument.id, instrument);
  },
});
