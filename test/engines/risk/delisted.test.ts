import type { Payout } from '../../../domain/market/instrument';
import { priceOf } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';
import { BTC, engineOver, resolvedEvent, typesOf } from './engine-story';

/** Goal: a coin that its venue lists no more frees the account that holds it: paid once, orders ended by name. */
test.each([
  ['a long', 'buy', '0.5', 'sell', '30000.00'],
  ['a short', 'sell', '0.5', 'buy', '-30000.00'],
] as const)('%s of a delisted coin is settled at its last price, once', async (_, side, qty, out, paid) => {
  const world = await engineOver();
  const { trading, engine } = world;
  trading.quote(BTC, '60000', '60000');
  expect((await trading.order(side, qty)).ok).toBe(true);
  const terms = { type: 'stop', stopPrice: priceOf(out === 'sell' ? '50000' : '70000') } as const;
  expect((await trading.order(out, qty, { terms, reduceOnly: true })).ok).toBe(true);
  await world.start();
  trading.catalogue.set(BTC, { ...bitcoin, status: 'closed' });
  world.later(86_400_000);
  expect(await trading.order(out, qty, { reduceOnly: true })).toMatchObject({ ok: false, refusal: 'market_closed' });
  const payout: Payout = { kind: 'pays', price: priceOf('60000') };
  trading.catalogue.set(BTC, { ...bitcoin, status: 'resolved', payout });
  for (let time = 0; time < 2; time++)
    engine.onEvent(resolvedEvent(BTC, { kind: 'pays', price: '60000' }, world.state.now));
  await engine.idle();
  const settled = trading.events().filter(({ type }) => type === 'trading.position-settled');
  expect(settled.map(({ data }) => data.paidUsd)).toEqual([paid]);
  const { account, status } = await trading.snapshot();
  expect([account.positions, account.orders, status]).toEqual([[], [], 'active']);
  expect(typesOf(world)).toContain('trading.order-cancelled');
});
