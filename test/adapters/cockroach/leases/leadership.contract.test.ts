import { type Instant, instant } from '../../../../domain/kernel/instant';
import type { Leadership } from '../../../../usecases/ports/operations/leadership';
import { NOW } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS } from '../stores';

const EXPIRES_MS = 5_000;
const after = (ms: number): Instant => instant(NOW + ms);

/** Goal: of a workload's copies one works, and another takes over soon after it has gone, however it went. */
describe.each(IMPLEMENTATIONS)('leadership %s', (_, open) => {
  let leadership: Leadership;
  let close: () => Promise<void>;
  let count = 0;
  let role = '';
  beforeAll(async () => {
    const opened = await open();
    leadership = opened.stores.leadership;
    close = opened.close;
  });
  afterAll(() => close());
  beforeEach(() => {
    count += 1;
    role = `role-${count}`;
  });

  const claim = (owner: string, ms = 0) => leadership.claim(role, owner, after(ms), EXPIRES_MS);

  test('of many who claim at once, one leads', async () => {
    const claimed = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((owner) => claim(owner)));
    expect(claimed.filter((leads) => leads)).toHaveLength(1);
  });

  test.each`
    renewedMs    | askedMs  | leads    | story
    ${undefined} | ${4_999} | ${false} | ${'nobody takes over before the claim expires'}
    ${undefined} | ${5_000} | ${true}  | ${'it expires to the millisecond'}
    ${3_000}     | ${7_999} | ${false} | ${'a further claim makes it last'}
    ${3_000}     | ${8_000} | ${true}  | ${'so long and no longer'}
  `('$story', async ({ renewedMs, askedMs, leads }) => {
    await claim('a');
    if (renewedMs !== undefined) expect(await claim('a', renewedMs)).toBe(true);
    expect(await claim('b', askedMs)).toBe(leads);
  });

  test('who resigns is followed at once', async () => {
    await claim('a');
    await leadership.resign(role, 'a');
    expect(await claim('b', 1)).toBe(true);
    expect(await claim('a', 2)).toBe(false);
  });

  test('who was away too long neither claims nor resigns what another has', async () => {
    await claim('a');
    await claim('b', 6_000);
    await leadership.resign(role, 'a');
    expect(await claim('a', 6_001)).toBe(false);
    expect(await claim('b', 6_002)).toBe(true);
  });

  test('a clock that goes back shortens no claim', async () => {
    await claim('a', 3_000);
    await claim('a', 1_000);
    expect(await claim('b', 7_000)).toBe(false);
  });

  test('one role says nothing about another', async () => {
    await claim('a');
    expect(await leadership.claim(`${role}-other`, 'b', after(0), EXPIRES_MS)).toBe(true);
  });
});
