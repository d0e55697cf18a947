import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { MarketShards, marketShardOf } from '../../../engines/market-data/market-shards';
import type { MarketLeases } from '../../../usecases/ports/operations/market-leases';
import { memoryMarketLeases } from '../../fakes/memory-market-leases';
import { TEN } from '../../fixtures/book-story';

const SHARDS = 4;
const EVERY_MS = 500;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Copies over one table of leases, in a time that the test sets. */
class Lab {
  readonly leases: Mutable<MarketLeases> = memoryMarketLeases();
  now: Instant = TEN;
  readonly losses: string[] = [];
  readonly copies = new Map<string, { shards: MarketShards; open: Set<number>; isAlive: boolean }>();
  /** Whoever gives back waits for these first. */
  underWay = Promise.resolve();
  isDatabaseDown = false;

  start(owner: string): MarketShards {
    const asked = async <T>(answer: Promise<T>): Promise<T> => {
      if (this.isDatabaseDown) throw new Error('the database is down');
      return answer;
    };
    const leases: MarketLeases = {
      ...this.leases,
      others: (...given) => asked(this.leases.others(...given)),
      claim: (...given) => asked(this.leases.claim(...given)),
    };
    const shards = new MarketShards({
      leases,
      owner,
      shards: SHARDS,
      now: () => this.now,
      elapsed: () => this.now - TEN,
      onFailure: (error) => void this.losses.push(`${owner}: ${(error as Error).message}`),
    });
    const open = new Set<number>();
    shards.begin({
      open: (shard) => void open.add(shard),
      pause: async (shard) => {
        open.delete(shard);
        await this.underWay;
      },
    });
    this.copies.set(owner, { shards, open, isAlive: true });
    return shards;
  }

  stand(owner: string, isStill: boolean): void {
    const copy = this.copies.get(owner);
    if (copy) copy.isAlive = !isStill;
  }

  /** All that live tend, each half second, for so long. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end; ) {
      this.now = instant(Math.min(this.now + EVERY_MS, end));
      for (const { shards, isAlive } of this.copies.values()) if (isAlive) await shards.tend().catch(() => undefined);
      await new Promise(setImmediate);
      const told = [...this.copies.values()].flatMap(({ shards, open }) => [...open].filter(shards.isHeld));
      expect(new Set(told).size).toBe(told.length);
    }
  }

  told = (): string =>
    [...this.copies]
      .map(([owner, { shards, open }]) => `${owner} ${[...open].filter(shards.isHeld).length}`)
      .join(', ');
}

test('who is alone tells all; another that comes is given its share, and one more finds nothing left', async () => {
  const lab = new Lab();
  lab.start('a');
  await lab.pass(500);
  expect(lab.told()).toBe('a 4');
  lab.start('b');
  await lab.pass(1_500);
  expect(lab.told()).toBe('a 2, b 2');
  lab.start('c');
  await lab.pass(1_500);
  expect(lab.told()).toBe('a 2, b 2, c 0');
  expect(lab.losses).toEqual([]);
});

test('what is given back is left only after what was under way has ended', async () => {
  const lab = new Lab();
  lab.start('a');
  await lab.pass(500);
  let end = () => {};
  lab.underWay = new Promise((resolve) => {
    end = resolve;
  });
  lab.start('b');
  await lab.pass(1_500);
  expect(lab.told()).toBe('a 2, b 0');
  end();
  await lab.pass(1_000);
  expect(lab.told()).toBe('a 2, b 2');
});

test.each(['killed', 'standing still'])(
  'one that is %s is followed within four seconds, and never told beside',
  async () => {
    const lab = new Lab();
    lab.start('a');
    lab.start('b');
    await lab.pass(3_000);
    lab.stand('a', true);
    await lab.pass(3_000);
    expect(lab.told()).toBe('a 0, b 2');
    await lab.pass(1_000);
    expect(lab.told()).toBe('a 0, b 4');
    await lab.pass(26_000);
    // It is asked before it has heard of anything.
    expect(lab.copies.get('a')?.shards.count).toBe(0);
    lab.stand('a', false);
    await lab.pass(1_500);
    expect(lab.told()).toBe('a 2, b 2');
    expect(lab.losses).toEqual([0, 1].map((shard) => expect.stringContaining(`shard ${shard} was not renewed`)));
  },
);

test('who ends in good order is followed at once', async () => {
  const lab = new Lab();
  const a = lab.start('a');
  lab.start('b');
  await lab.pass(3_000);
  lab.stand('a', true);
  await a.close();
  await lab.pass(500);
  expect(lab.told()).toBe('a 0, b 4');
});

test('while nobody can be asked nothing is told after the leases, and all of it once it can', async () => {
  const lab = new Lab();
  lab.start('a');
  await lab.pass(500);
  lab.isDatabaseDown = true;
  await lab.pass(2_500);
  expect(lab.told()).toBe('a 4');
  await lab.pass(500);
  expect(lab.told()).toBe('a 0');
  lab.isDatabaseDown = false;
  await lab.pass(500);
  expect(lab.told()).toBe('a 4');
});

test('an answer that came too late is not relied on', async () => {
  const lab = new Lab();
  const shards = lab.start('a');
  const { claim } = lab.leases;
  lab.leases.claim = async (...given) => {
    const got = await claim(...given);
    lab.now = plusMs(lab.now, 3_000);
    return got;
  };
  await shards.tend();
  expect([shards.count, lab.told()]).toEqual([0, 'a 0']);
});

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
