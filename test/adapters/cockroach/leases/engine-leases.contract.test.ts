import { type Instant, instant } from '../../../../domain/kernel/instant';
import type { EngineLeases } from '../../../../usecases/ports/operations/engine-leases';
import { NOW } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS } from '../stores';

const EXPIRES_MS = 5_000;
const after = (ms: number): Instant => instant(NOW + ms);

/** Goal: at most one engine at a time has the right to judge a share of the accounts, and knows where to go on. */
describe.each(IMPLEMENTATIONS)('leases %s', (_, open) => {
  let leases: EngineLeases;
  let close: () => Promise<void>;
  let shard = 0;
  beforeAll(async () => {
    const opened = await open();
    leases = opened.stores.leases;
    close = opened.close;
  });
  afterAll(() => close());
  beforeEach(() => {
    shard += 1;
  });

  const acquire = (owner: string, ms = 0) => leases.acquire(shard, owner, after(ms), EXPIRES_MS);
  const fence = (epoch: number) => ({ shard, epoch });

  test('the first to ask has the shard at epoch 1, with nothing judged yet', async () => {
    expect(await acquire('a')).toEqual({ fence: fence(1), seenUntil: undefined });
  });

  test('of many who ask at once, one has it', async () => {
    const asked = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((owner) => acquire(owner)));
    expect(asked.filter((answer) => answer !== undefined)).toHaveLength(1);
  });

  test.each`
    renewedMs    | askedMs  | epoch        | story
    ${undefined} | ${4_999} | ${undefined} | ${'nobody has it who asks before it expires'}
    ${undefined} | ${5_000} | ${2}         | ${'it expires to the millisecond'}
    ${3_000}     | ${7_999} | ${undefined} | ${'a renewal makes it last'}
    ${3_000}     | ${8_000} | ${2}         | ${'so long and no longer'}
  `('$story', async ({ renewedMs, askedMs, epoch }) => {
    await acquire('a');
    if (renewedMs !== undefined) expect(await leases.renew(fence(1), 'a', after(renewedMs), after(0))).toBe(true);
    expect((await acquire('b', askedMs))?.fence.epoch).toBe(epoch);
  });

  test('a later owner goes on where the earlier one stopped', async () => {
    await acquire('a');
    await leases.renew(fence(1), 'a', after(1_000), after(900));
    expect(await acquire('b', 6_000)).toEqual({ fence: fence(2), seenUntil: after(900) });
  });

  test('what has been judged never becomes less, whatever a clock says', async () => {
    await acquire('a');
    await leases.renew(fence(1), 'a', after(2_000), after(1_900));
    expect(await leases.renew(fence(1), 'a', after(1_000), after(900))).toBe(true);
    expect(await acquire('b', 6_999)).toBeUndefined();
    expect((await acquire('b', 7_000))?.seenUntil).toBe(after(1_900));
  });

  test('an owner who was away too long renews nothing, and releases nothing', async () => {
    await acquire('a');
    await acquire('b', 6_000);
    expect(await leases.renew(fence(1), 'a', after(6_001), after(6_000))).toBe(false);
    await leases.release(fence(1), 'a');
    expect(await acquire('c', 6_002)).toBeUndefined();
    expect(await leases.renew(fence(2), 'b', after(6_003), after(6_003))).toBe(true);
  });

  test('what is released is taken at once, at a higher epoch', async () => {
    await acquire('a');
    await leases.renew(fence(1), 'a', after(10), after(5));
    await leases.release(fence(1), 'a');
    expect(await leases.renew(fence(1), 'a', after(11), after(6))).toBe(false);
    expect(await acquire('b', 12)).toEqual({ fence: fence(2), seenUntil: after(5) });
  });
});
