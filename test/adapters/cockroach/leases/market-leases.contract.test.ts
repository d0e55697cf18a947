import { type Instant, instant } from '../../../../domain/kernel/instant';
import type { MarketLeases } from '../../../../usecases/ports/operations/market-leases';
import { NOW } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS } from '../stores';

const EXPIRES_MS = 3_500;
const after = (ms: number): Instant => instant(NOW + ms);

/** Goal: a shard is one copy's until it is given back or was not claimed for so long, and copies know of one another. */
describe.each(IMPLEMENTATIONS)('market leases %s', (_, open) => {
  let leases: MarketLeases;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    leases = opened.stores.marketLeases;
    close = opened.close;
  });
  afterAll(() => close());
  beforeEach(() => Promise.all(['a', 'b', 'c', 'd'].map((owner) => leases.leave(owner, after(0)))));

  const claim = async (owner: string, shards: readonly number[], ms = 0) =>
    [...(await leases.claim(owner, shards, after(ms), EXPIRES_MS))].sort();
  const others = async (owner: string, ms = 0) => {
    const { living, shards } = await leases.others(owner, after(ms), EXPIRES_MS);
    return `${living} have ${[...shards].sort().join(' ')}`;
  };

  test('of many who claim a shard at once, one gets it', async () => {
    const got = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => claim(owner, [7])));
    expect(got.flat()).toEqual([7]);
  });

  test('of what is asked for, what others have stays theirs', async () => {
    expect(await claim('a', [0, 1])).toEqual([0, 1]);
    expect(await claim('b', [0, 1, 2])).toEqual([2]);
    expect(await claim('a', [0, 1, 2], 1_000)).toEqual([0, 1]);
    expect([await others('a', 1_000), await others('b', 1_000)]).toEqual(['1 have 2', '1 have 0 1']);
  });

  test('who has nothing lives as well, and expires to the millisecond', async () => {
    expect(await claim('c', [])).toEqual([]);
    expect([await others('a', 3_499), await others('a', 3_500)]).toEqual(['1 have ', '0 have ']);
  });

  test.each`
    renewedMs    | askedMs  | got    | story
    ${undefined} | ${3_499} | ${[]}  | ${'nobody takes over before the claim expires'}
    ${undefined} | ${3_500} | ${[0]} | ${'it expires to the millisecond'}
    ${1_000}     | ${4_499} | ${[]}  | ${'a further claim makes it last'}
    ${-1_000}    | ${3_499} | ${[]}  | ${'a clock that goes back shortens none'}
  `('$story', async ({ renewedMs, askedMs, got }) => {
    await claim('a', [0]);
    if (renewedMs !== undefined) expect(await claim('a', [0], renewedMs)).toEqual([0]);
    expect(await claim('b', [0], askedMs)).toEqual(got);
  });

  test('what is given back is free at once, and nobody gives back what another has', async () => {
    await claim('a', [0, 1]);
    await leases.release('a', 0);
    await leases.release('b', 1);
    expect(await claim('b', [0, 1], 1)).toEqual([0]);
  });

  test('who leaves has nothing and is counted no more', async () => {
    await claim('a', [0, 1]);
    await leases.leave('a', after(1));
    expect([await others('b', 1), await claim('b', [0, 1], 1)]).toEqual(['0 have ', [0, 1]]);
  });
});
