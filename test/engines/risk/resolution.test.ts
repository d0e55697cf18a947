import type { Payout } from '../../../domain/market/instrument';
import { priceOf, rain } from '../../fixtures/open-trading';
import { engineOver, resolvedEvent } from './engine-story';

/** An engine over an account that holds 1,000 shares; what the catalogue says, and what is told, are two things. */
async function holding() {
  const world = await engineOver();
  const { trading, engine, state } = world;
  trading.quote(rain.id, '0.39', '0.4');
  expect((await trading.order('buy', '1000', { instrument: rain.id })).ok).toBe(true);
  await world.tell();
  return {
    ...world,
    resolve: (price: string) => {
      const payout: Payout = { kind: 'pays', price: priceOf(price) };
      trading.catalogue.set(rain.id, { ...rain, status: 'resolved', payout });
    },
    hear: async (price: string) => {
      engine.onEvent(resolvedEvent(rain.id, { kind: 'pays', price }, state.now));
      await engine.idle();
    },
    paid: () =>
      trading
        .events()
        .filter(({ type }) => type === 'trading.position-settled')
        .map(({ data }) => data.paidUsd)
        .join(' '),
  };
}

/** Goal: news of a resolution is the cause, the catalogue the truth: repeated or overtaken news pays nothing. */
test.each`
  story                                     | heard           | paid
  ${'it is told twice'}                     | ${'1 1'}        | ${'1000.00'}
  ${'a correction'}                         | ${'1 !0 0'}     | ${'1000.00 -1000.00 0.00'}
  ${'read again after the correction'}      | ${'1 !0 0 1 0'} | ${'1000.00 -1000.00 0.00'}
  ${'heard of only after it was corrected'} | ${'!0 1 0'}     | ${'0.00'}
  ${'told, and never so in the catalogue'}  | ${'? 1'}        | ${''}
`('$story ($heard): pays $paid', async ({ heard, paid }) => {
  const world = await holding();
  world.resolve('1');
  for (const step of heard.split(' ')) {
    if (step === '?') world.trading.catalogue.set(rain.id, rain);
    else if (step.startsWith('!')) world.resolve(step.slice(1));
    else await world.hear(step);
  }
  expect(world.paid()).toBe(paid);
});

test('a correction that could not be paid is owed: it is tried again, and until then nothing counts as judged', async () => {
  const world = await holding();
  const { trading, engine, state } = world;
  world.resolve('1');
  await world.hear('1');
  await world.quote('60000', '60000');
  const until = engine.judgedUntil();
  expect(until).toBe(state.now);
  const { load } = trading.accounts;
  Object.assign(trading.accounts, { load: () => Promise.reject(new Error('the database is away')) });
  world.resolve('0');
  await world.hear('0');
  Object.assign(trading.accounts, { load });
  world.later(1_000);
  await world.quote('60000', '60000');
  expect([world.failures, engine.judgedUntil()]).toEqual([['an account was not paid for a resolved outcome'], until]);
  await engine.reconcile();
  await engine.idle();
  expect([world.paid(), engine.judgedUntil()]).toEqual(['1000.00 -1000.00 0.00', state.now]);
});
