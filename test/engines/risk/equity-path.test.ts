import fc from 'fast-check';
import { equityOf } from '../../../domain/account/account';
import { drawdownOf, type EquitySample } from '../../../domain/assessment/reporting/performance';
import { idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { formatUsd, usd } from '../../../domain/kernel/money';
import type { Quote } from '../../../domain/market/book';
import { LiveMarks } from '../../../engines/risk/live-marks';
import { EquityPath, turningPoints } from '../../../engines/risk/selection/equity-path';
import { QuoteTape } from '../../../engines/risk/selection/tape';
import { markAccount } from '../../../usecases/judging/mark-account';
import type { AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { memoryOpenAccounts } from '../../fakes/memory-account-store';
import { accountWith, BTC, ETH, held, NOW, quoteOn, standingWith } from '../../fixtures/domain-story';
import { engineOver } from './engine-story';

/** An engine, and the sampling of equity that happens once a minute. */
async function sampled(changes: Parameters<typeof engineOver>[0] = {}) {
  const world = await engineOver(changes);
  const { trading, engine, state } = world;
  const live = new LiveMarks({
    engines: () => [engine],
    mark: markAccount,
    catalogue: trading.parts.instruments,
    marks: { publish: async () => {}, watched: async () => new Set() },
    openAccounts: memoryOpenAccounts(trading.world),
    now: () => state.now,
  });
  const points = () =>
    [...(trading.world.accounts.get(trading.accountId)?.equity.values() ?? [])].sort((a, b) => a.at - b.at);
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
  await world.trading.order('sell', '0.5');
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
  expect((await world.trading.snapshot()).status).toBe('failed');
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

/** Goal: over any path of two prices the curve's deepest fall is that of every quote, whenever it is sampled. */
test('the deepest fall of the recorded points is the deepest of all quotes', () => {
  const step = fc.record({ isFirst: fc.boolean(), price: fc.integer({ min: 90, max: 110 }), isSampled: fc.boolean() });
  const amount = fc.integer({ min: -3, max: 3 }).filter((qty) => qty !== 0);
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 60 }), amount, amount, (steps, first, second) => {
      const tape = new QuoteTape(1_000_000);
      const path = new EquityPath(tape, 1_000_000);
      const positions = [held(BTC, `${first}`, '1'), held(ETH, `${second}`, '1')];
      const account = accountWith('1000', positions, { standing: standingWith({ activeAt: NOW }) });
      const snapshot = { accountId: idOf('a'), account } as unknown as AccountSnapshot;
      const prices = new Map([
        [BTC, quoteOn(BTC, '100')],
        [ETH, quoteOn(ETH, '100')],
      ]);
      const all: EquitySample[] = [];
      const recorded: EquitySample[] = [];
      let at = NOW;
      const see = (quote: Quote) => {
        at = plusMs(at, 10);
        const seen = { ...quote, receivedAt: at };
        prices.set(quote.instrument, seen);
        tape.push(quote.instrument, at, seen);
      };
      for (const quote of [...prices.values()]) see(quote);
      for (const { isFirst, price, isSampled } of [...steps, { isFirst: true, price: 100, isSampled: true }]) {
        see(quoteOn(isFirst ? BTC : ETH, `${price}`));
        const { expectedUsd: equityUsd, unpriced } = equityOf(account, prices);
        if (unpriced.length === 0) all.push({ at, equityUsd });
        if (isSampled) recorded.push(...[...path.unrecorded([snapshot], at)].flat());
      }
      const start = { at: NOW, equityUsd: usd(1000_000_000n + BigInt(first + second) * 100_000_000n) };
      const curve = [...recorded].sort((a, b) => a.at - b.at);
      expect(drawdownOf([start, ...curve]).deepestUsd).toBe(drawdownOf([start, ...all]).deepestUsd);
    }),
  );
});
