import { drawdownOf } from '../../../domain/assessment/performance';
import { formatUsd } from '../../../domain/kernel/money';
import { LiveMarks } from '../../../eks-workloads/risk-engine/live-marks';
import { turningPoints } from '../../../eks-workloads/risk-engine/selection/equity-path';
import { markAccount } from '../../../usecases/mark-account';
import { memoryOpenAccounts } from '../../fakes/memory-account-store';
import { engineOver } from './engine-story';

/** An engine, and the sampling of equity that happens once a minute. */
async function sampled(changes: Parameters<typeof engineOver>[0] = {}) {
  const world = await engineOver(changes);
  const { desk, engine, state } = world;
  const live = new LiveMarks({
    engines: () => [engine],
    mark: markAccount,
    catalogue: desk.parts.instruments,
    marks: { publish: async () => {}, watched: async () => new Set() },
    openAccounts: memoryOpenAccounts(desk.world),
    now: () => state.now,
    staleAfterMs: 10_000,
  });
  const points = () =>
    [...(desk.world.accounts.get(desk.accountId)?.equity.values() ?? [])].sort((a, b) => a.at - b.at);
  return { ...world, live, points, deepest: () => formatUsd(drawdownOf(points()).deepestUsd) };
}

/** A second passes, and the price is another one. */
const tick = async (world: Awaited<ReturnType<typeof sampled>>, price: string) => {
  world.later(1_000);
  await world.quote(price, price);
};

/** Goal: what happened between two samples is on the curve, however short it was. */
test('a low between two samples is recorded with its time, and the deepest fall is exact', async () => {
  const world = await sampled();
  await world.buy('0.5');
  await world.start();
  await tick(world, '60000');
  await world.live.recordEquity();
  const before = world.points().length;
  for (const price of ['60010', '59700', '60020', '59990', '60000']) await tick(world, price);
  await world.live.recordEquity();
  // 0.5 BTC for 60,010 less 59,700 is the first fall, and the deepest.
  expect(world.deepest()).toBe('155.00');
  const recorded = world.points().slice(before);
  expect(recorded.map(({ equityUsd }) => formatUsd(equityUsd))).toEqual([
    '99927.00',
    '99772.00',
    '99932.00',
    '99922.00',
  ]);
  expect(new Set(recorded.map(({ at }) => at)).size).toBe(recorded.length);
});

test('a low of what was held before it was sold is recorded as well', async () => {
  const world = await sampled();
  await world.buy('0.5');
  await world.start();
  await tick(world, '60000');
  await world.live.recordEquity();
  await tick(world, '59000');
  await tick(world, '60000');
  await world.desk.order('sell', '0.5');
  await world.tell();
  await tick(world, '50000');
  await world.live.recordEquity();
  expect(world.deepest()).toBe('500.00');
});

test('a low of an account that fails meanwhile, too', async () => {
  const world = await sampled();
  await world.buy('0.5');
  await world.start();
  await tick(world, '60000');
  await world.live.recordEquity();
  for (const price of ['59000', '60000', '40000']) await tick(world, price);
  expect((await world.desk.snapshot()).status).toBe('failed');
  await world.live.recordEquity();
  expect(world.points().map(({ equityUsd }) => formatUsd(equityUsd))).toContain('99422.00');
});

test('a position that began between two samples begins with what it cost', async () => {
  const world = await sampled();
  await world.start();
  await tick(world, '60000');
  await world.live.recordEquity();
  await world.buy('0.5');
  await world.tell();
  await tick(world, '60400');
  await world.live.recordEquity();
  expect(formatUsd(world.points()[0]?.equityUsd ?? (0n as never))).toBe('99922.00');
});

test('what is not good is no price to be worth something at', async () => {
  const world = await sampled();
  await world.buy('0.5');
  await world.start();
  await tick(world, '60000');
  await world.live.recordEquity();
  world.later(1_000);
  await world.quote('100', '100', 'gapped');
  await tick(world, '60000');
  await world.live.recordEquity();
  expect(world.deepest()).toBe('0.00');
});

/** Goal: lowest, highest, and both ends of the deepest fall. */
test.each`
  path                  | turns
  ${[5]}                | ${[0, 0]}
  ${[1, 2, 3]}          | ${[0, 2]}
  ${[3, 2, 1]}          | ${[2, 0, 0, 2]}
  ${[100, 95, 110, 97]} | ${[1, 2, 2, 3]}
  ${[9, 1, 2, 10, 5]}   | ${[1, 3, 0, 1]}
  ${[NaN, 4, NaN, 2]}   | ${[3, 1, 1, 3]}
  ${[NaN, NaN]}         | ${[]}
`('$path turns at $turns', ({ path, turns }) => {
  expect(turningPoints(Float64Array.from(path))).toEqual(turns);
});
