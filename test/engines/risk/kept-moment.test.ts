import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { dollars, engineOver } from './engine-story';

/** Goal: what keeps an engine from judging, busy writers or a database that is away, makes nothing unseen. */
test('an account that others keep changing is judged at the moment that was due, once they let it be', async () => {
  const world = await engineOver();
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5');
  await world.tell();
  world.later(1_000);
  const { save } = world.trading.accounts;
  const stale = jest.fn(async () => 'stale' as const);
  Object.assign(world.trading.accounts, { save: stale });
  await world.quote('40000', '40001');
  expect(stale).toHaveBeenCalled();
  expect(world.judged.at(-1)).toBe('busy');
  expect(world.engine.judgedUntil()).toBeUndefined();
  Object.assign(world.trading.accounts, { save });
  const breachedAt = world.state.now;
  world.later(100);
  await world.quote('60000', '60001');
  await new Promise((resolve) => setTimeout(resolve, 600));
  await world.engine.idle();
  expect(world.trading.world.accounts.get(world.trading.accountId)?.verdict?.at).toBe(breachedAt);
});

test('prices that come while a judgement without one fails are looked at when it succeeds', async () => {
  const world = await engineOver();
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5');
  world.state.isDatabaseDown = true;
  await world.tell();
  expect(world.failures).toContain('an account could not be judged');
  world.later(1_000);
  const breachedAt = world.state.now;
  await world.quote('40000', '40001');
  world.later(1_000);
  await world.quote('60000', '60001');
  world.state.isDatabaseDown = false;
  await new Promise((resolve) => setTimeout(resolve, 600));
  await world.engine.idle();
  expect(world.trading.world.accounts.get(world.trading.accountId)?.verdict?.at).toBe(breachedAt);
});

test('while prices rise without a rest, how far everybody is judged goes on all the same', async () => {
  const world = await engineOver({ dailyLoss: null, maxLoss: TRAILING });
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5');
  await world.tell();
  const seen: (number | undefined)[] = [];
  for (let step = 1; step <= 5; step++) {
    world.later(100);
    await world.quote(`${61_100 + 2 * step}`, `${61_101 + 2 * step}`);
    world.engine.checkpoint();
    const checkedAt = world.state.now;
    world.later(100);
    // The next peak comes before the last one is saved.
    await world.quote(`${61_101 + 2 * step}`, `${61_102 + 2 * step}`);
    expect(world.engine.watchlist.hasUnsaved).toBe(true);
    seen.push(world.engine.judgedUntil());
    expect(seen.at(-1)).toBe(checkedAt);
  }
});

const TRAILING: RuleSet['maxLoss'] = {
  mode: 'trailing_intraday',
  width: { kind: 'usd', usd: dollars('5000') },
  trails: 'equity',
  testedOn: 'equity',
  lockUsd: null,
  payoutEffect: 'none',
};
