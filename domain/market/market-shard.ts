import type { InstrumentId } from '../kernel/ids';
import { coinOf, listedIn } from './listing';
import { countedMarket } from './taken';

/**
 * The shard of an instrument, by which the copies of market-data share theirs (FNV-1a). All pairs and venues of a coin
 * and both outcomes of a market are in one: they are judged by one another.
 */
export function marketShardOf(instrument: InstrumentId, shards: number): number {
  const name = countedMarket(coinOf(listedIn(instrument)));
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % shards;
}
