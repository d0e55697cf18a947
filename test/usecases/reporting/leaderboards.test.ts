import { BOARD_TRADES_MIN, type MonthResult } from '../../../domain/assessment/reporting/leaderboard';
import type { BoardChoice } from '../../../domain/identity/public-name';
import { type AccountId, idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { usd } from '../../../domain/kernel/money';
import { boundsOf, type Month, monthOf } from '../../../domain/kernel/month';
import type { MonthResults } from '../../../usecases/ports/assessments/leaderboards';
import { chooseBoardName } from '../../../usecases/reporting/choose-board-name';
import { keepLeaderboards } from '../../../usecases/reporting/keep-leaderboards';
import { rankTouched } from '../../../usecases/reporting/rank-people';
import { readLeaderboard, readOwnLine } from '../../../usecases/reporting/read-leaderboard';
import { MemoryLeaderboards } from '../../fakes/memory-leaderboards';

const APRIL = '2026-04' as Month;
const TIER = 'sprint-10k';
const NOON = instant(Date.UTC(2026, 3, 14, 12));

type Person = { name: string; choice: BoardChoice; gains: Map<Month, number>; changedAt: Instant; isFailed: boolean };

/** People with one account each of one tier, and what they gained in a month; nothing is on a board yet. */
class World {
  now: Instant = NOON;
  readonly boards = new MemoryLeaderboards();
  readonly people = new Map<UserId, Person>();
  /** How often somebody's results were read. */
  reads = 0;
  msOfRead = 0;

  private readonly results: MonthResults = {
    of: async (userIds, { from }) => {
      this.reads += userIds.length;
      this.now = plusMs(this.now, this.msOfRead);
      return userIds.flatMap((userId) => {
        const { name: displayName, choice, gains, isFailed } = this.people.get(userId) as Person;
        const gain = gains.get(monthOf(from));
        return gain === undefined ? [] : [{ userId, displayName, choice, results: [resultOf(gain, isFailed)] }];
      });
    },
    peopleOf: async (accounts) => accounts.map((id) => idOf<UserId>(id.replace('account-of-', ''))),
    changed: async (since, _, { after, limit }) =>
      [...this.people]
        .filter(([id, { changedAt }]) => changedAt >= since && (after === undefined || id > after))
        .map(([id]) => id)
        .sort()
        .slice(0, limit),
  };

  readonly parts = {
    results: this.results,
    boards: this.boards,
    touched: this.boards,
    clock: { now: () => this.now },
    tiers: { find: async (slug: string) => (slug === TIER ? ({} as never) : undefined) },
    choices: {
      find: async () => undefined,
      put: async (userId: UserId, choice: BoardChoice) =>
        void Object.assign(this.people.get(userId) as Person, { choice }),
    },
  };

  add(id: string, name: string, gain: number, month = APRIL): UserId {
    const userId = idOf<UserId>(id);
    this.people.set(userId, {
      name,
      choice: 'masked',
      gains: new Map([[month, gain]]),
      changedAt: this.now,
      isFailed: false,
    });
    return userId;
  }

  async shown(month?: Month): Promise<string> {
    const read = await readLeaderboard(this.parts)({ tier: TIER, month, limit: 50 });
    if (!read.ok) return read.refusal;
    const lines = read.value.lines.map(({ rank, name }) => `${rank} ${name}`);
    return [...(read.value.isWhole ? [] : ['being built']), ...lines].join(', ');
  }
}

const resultOf = (gain: number, isFailed: boolean): MonthResult => ({
  tier: TIER,
  phase: 1,
  phases: 1,
  attempt: 1,
  status: isFailed ? 'failed' : 'active',
  isHeld: false,
  startingUsd: usd(10_000_000_000n),
  closedUsd: usd(BigInt(gain) * 1_000_000n),
  openLossUsd: { before: usd(0n), after: usd(0n) },
  tradesClosed: BOARD_TRADES_MIN,
});

const accountOf = (userId: UserId) => idOf<AccountId>(`account-of-${userId}`);

/** Goal: the boards follow the database, are there again when they were lost, and show people as they chose. */
test('what was lost is built again by the next run, month by month', async () => {
  const world = new World();
  world.add('ann', 'Ann Lee', 300);
  world.add('bob', 'Bob Ray', 500);
  world.add('cat', 'Cat Fox', 500, '2026-03' as Month);
  expect(await world.shown()).toBe('being built');
  expect((await keepLeaderboards(world.parts)()).built).toHaveLength(12);
  expect(await world.shown()).toBe('1 B••• R., 2 A••• L.');
  expect(await world.shown('2026-03' as Month)).toBe('1 C••• F.');
  world.boards.lose();
  expect(await world.shown()).toBe('being built');
  await keepLeaderboards(world.parts)();
  expect(await world.shown()).toBe('1 B••• R., 2 A••• L.');
  world.now = plusMs(world.now, 600_000);
  expect(await keepLeaderboards(world.parts)()).toEqual({ ranked: 0, built: [] });
});

test('a run that has no time left goes on where it was', async () => {
  const world = new World();
  for (let n = 0; n < 450; n++) world.add(`p${String(n).padStart(3, '0')}`, `P${n}`, 10 + n);
  world.msOfRead = 25_000;
  expect(await keepLeaderboards(world.parts)()).toEqual({ ranked: 400, built: [] });
  world.msOfRead = 0;
  const before = world.reads;
  expect((await keepLeaderboards(world.parts)()).built).toHaveLength(12);
  expect(await world.shown()).toMatch(/^1 P•••, 2/);
  const { total } = await world.boards.page({ tier: TIER, month: APRIL }, undefined, 1);
  expect(total).toBe(450);
  expect(world.reads - before).toBeGreaterThan(0);
});

test('an account that was touched is ranked at once; one that failed goes with the next run', async () => {
  const world = new World();
  await keepLeaderboards(world.parts)();
  const ann = world.add('ann', 'Ann Lee', 300);
  await world.boards.touch([accountOf(ann)]);
  expect(await rankTouched(world.parts)(10)).toBe(1);
  expect(await rankTouched(world.parts)(10)).toBe(0);
  expect(await world.shown()).toBe('1 A••• L.');
  Object.assign(world.people.get(ann) as Person, { isFailed: true, changedAt: world.now });
  await keepLeaderboards(world.parts)();
  expect(await world.shown()).toBe('');
});

test('what is told of a month in the first hour of the next still counts for it', async () => {
  const world = new World();
  const ann = world.add('ann', 'Ann Lee', 300);
  world.now = plusMs(boundsOf('2026-05' as Month).from, 1_000);
  await world.boards.touch([accountOf(ann)]);
  await rankTouched(world.parts)(10);
  expect(await world.shown(APRIL)).toContain('1 A••• L.');
  world.boards.lose();
  world.now = plusMs(boundsOf('2026-05' as Month).from, 3_600_000);
  await world.boards.touch([accountOf(ann)]);
  await rankTouched(world.parts)(10);
  expect(await world.shown(APRIL)).toBe('being built');
});

test.each`
  choice      | shown
  ${'masked'} | ${'1 A••• L.'}
  ${'named'}  | ${'1 Ann Lee'}
  ${'hidden'} | ${''}
`('who chose $choice is shown as "$shown", in past months too, and also after a loss', async ({ choice, shown }) => {
  const world = new World();
  const ann = world.add('ann', 'Ann Lee', 300);
  (world.people.get(ann) as Person).gains.set('2026-02' as Month, 100);
  await keepLeaderboards(world.parts)();
  await chooseBoardName(world.parts)(ann, choice);
  expect([await world.shown(), await world.shown('2026-02' as Month)]).toEqual([shown, shown]);
  const own = await readOwnLine(world.parts)({ tier: TIER }, ann);
  expect(own.ok && own.value?.rank).toBe(choice === 'hidden' ? undefined : 1);
  world.boards.lose();
  await keepLeaderboards(world.parts)();
  expect(await world.shown()).toBe(shown);
});

test.each`
  tier         | month        | field
  ${'no-such'} | ${undefined} | ${'tier'}
  ${TIER}      | ${'2025-04'} | ${'month'}
  ${TIER}      | ${'2026-05'} | ${'month'}
`('$tier of $month is no leaderboard: $field', async ({ tier, month, field }) => {
  const read = await readLeaderboard(new World().parts)({ tier, month, limit: 9 });
  expect(read).toMatchObject({ ok: false, refusal: 'leaderboard_unknown', fault: { field } });
});
