import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { marketShardOf } from '../../../domain/market/market-shard';

/** Goal: what is judged by one another is told by one copy. One row is one such family. */
test.each`
  family
  ${'BTC-USD BTC-USDT BTC-USD@coinbase BTC-USD@kraken'}
  ${'PM-rain-YES PM-rain-NO'}
  ${'KALSHI-KXHIGHNY-26NOV30-T50-YES KALSHI-KXHIGHNY-26NOV30-T50-NO'}
`('$family are in one shard', ({ family }: { family: string }) => {
  const ids = family.split(' ').map((id) => idOf<InstrumentId>(id));
  for (const shards of [1, 2, 4, 8, 1_000]) {
    expect(new Set(ids.map((id) => marketShardOf(id, shards))).size).toBe(1);
  }
});

test('many markets are spread over all shards', () => {
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 1_000; n++) {
    const shard = marketShardOf(idOf<InstrumentId>(`PM-market-${n}-YES`), 4);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(150);
});
