import { formatQty } from '../../../domain/kernel/money';
import { qtyOf } from '../../fixtures/open-trading';
import { rules } from '../../fixtures/stored-account';
import { BTC, engineOver } from './engine-story';

/** Goal: what could not be judged or closed, for want of a price or of a deep book, is as soon as there is one. */
/** Holds half a bitcoin since the last half hour of a Friday; half an hour later it is a weekend without positions. */
async function beforeWeekend() {
  const world = await engineOver({ conduct: { ...rules.conduct, weekend: 'flat' } });
  world.later((6 * 24 + 12) * 3_600_000);
  await world.buy('0.5');
  await world.tell();
  const runDue = async () => {
    world.engine.runDue();
    await world.engine.idle();
    const { account } = await world.trading.snapshot();
    return account.positions.map(({ qty }) => formatQty(qty));
  };
  return { ...world, runDue };
}

test('what had no price when it was to be closed is closed at the price that returns', async () => {
  const world = await beforeWeekend();
  world.later(1_800_000);
  expect(await world.runDue()).toEqual(['0.5']);
  expect(world.judged.at(-1)).toBe('close');
  await world.quote('60000', '60001');
  expect(await world.runDue()).toEqual([]);
  const judgements = world.judged.length;
  await world.quote('60001', '60002');
  expect(world.judged.length).toBe(judgements);
});

test('an account that has no price is judged by what it may be worth, and then only by what may decide something', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  world.later(60_000);
  await world.start();
  expect(world.judged).toEqual(['open']);
  for (const bid of ['60000', '59990', '60010']) await world.quote(bid, '60011');
  expect(world.judged).toEqual(['open']);
});

test('what the book did not take is closed some seconds later, also when no price moves', async () => {
  const world = await beforeWeekend();
  world.later(1_800_000);
  world.trading.quote(BTC, '60000', '60001', 'good', qtyOf('0.2'));
  expect(await world.runDue()).toEqual(['0.3']);
  world.trading.quote(BTC, '60000', '60001');
  expect(await world.runDue()).toEqual(['0.3']);
  world.later(6_000);
  expect(await world.runDue()).toEqual([]);
});
