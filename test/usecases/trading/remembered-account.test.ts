import { judgeAccount } from '../../../usecases/judging/judge-account';
import { judgePast } from '../../../usecases/judging/judge-past';
import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import { placeOrder } from '../../../usecases/trading/place-order';
import { memoryAccountStore } from '../../fakes/memory-account-store';
import { market, openTrading } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

/** Two processes on one database: each remembers what it saw last, and neither sees what the other does. */
async function twoProcesses() {
  const loads: string[] = [];
  const counted = (name: string, store: AccountStore): AccountStore => ({
    ...store,
    load: (id, orderId) => {
      loads.push(name);
      return store.load(id, orderId);
    },
  });
  const trading = await openTrading({ riskPerTrade: null }, (store) => counted('here', store));
  trading.quote(bitcoin.id, '60000', '60000');
  const accounts = counted('there', memoryAccountStore(trading.world));
  const judging = { ...trading.parts, accounts };
  const judge = judgeAccount(judging);
  const place = placeOrder({ ...judging, judge, judgePast: judgePast({ ...judging, judge }) });
  const there = (side: 'buy' | 'sell', amount: string, more = {}) =>
    place({ ...trading.command, ticket: { ...market(side, amount), ...more } });
  return { trading, here: trading.order, there, judgeThere: judge, loads };
}

const reduce = { reduceOnly: true };

/** Goal: memory saves a round trip and never decides. */
test('the second order of a process asks nothing: it is decided and saved', async () => {
  const { here, loads } = await twoProcesses();
  await here('buy', '0.1');
  expect(loads).toEqual(['here']);
  expect(await here('buy', '0.1')).toMatchObject({ ok: true });
  expect(loads).toEqual(['here']);
});

test('an account that went on elsewhere is loaded and decided again', async () => {
  const { trading, here, there, loads } = await twoProcesses();
  await here('buy', '0.1');
  await there('buy', '0.1');
  loads.length = 0;
  expect(await here('buy', '0.1')).toMatchObject({ ok: true });
  expect(loads).toEqual(['here']);
  expect((await trading.snapshot()).account.positions).toMatchObject([{ qty: 30_000_000n }]);
});

test('what memory would refuse is taken when the account has changed since', async () => {
  const { here, there } = await twoProcesses();
  await there('buy', '0.1');
  await here('buy', '0.1');
  await here('sell', '0.2');
  // The other process still believes in 0.1 long: to it 0.2 would be too much to reduce, and nothing is left.
  await here('sell', '0.3');
  expect(await there('buy', '0.3', reduce)).toMatchObject({ ok: true, value: { placed: { status: 'filled' } } });
});

test('what memory would take is refused when the account has changed since', async () => {
  const { trading, here, there } = await twoProcesses();
  await there('buy', '0.1');
  await here('sell', '0.1');
  const before = await trading.snapshot();
  expect(await there('sell', '0.1', reduce)).toMatchObject({ ok: false, refusal: 'would_not_reduce' });
  expect(await trading.snapshot()).toEqual(before);
});

test('an assessment that ended elsewhere is closed here', async () => {
  const { trading, here, judgeThere } = await twoProcesses();
  await here('buy', '1');
  trading.quote(bitcoin.id, '40000', '40000');
  await judgeThere(trading.accountId, trading.command.trace);
  trading.quote(bitcoin.id, '60000', '60000');
  expect(await here('buy', '0.1')).toMatchObject({ ok: false, refusal: 'assessment_closed' });
});

test('an account is not left unjudged on the word of memory', async () => {
  const { trading, here, judgeThere } = await twoProcesses();
  await judgeThere(trading.accountId, trading.command.trace);
  await here('buy', '1');
  trading.quote(bitcoin.id, '40000', '40000');
  expect((await judgeThere(trading.accountId, trading.command.trace)).outcome).toBe('failed');
});

test('another trader’s account is not known, even to a process that remembers it', async () => {
  const { here } = await twoProcesses();
  await here('buy', '0.1');
  const stranger = await here('buy', '0.1', { userId: 'x' as never });
  expect(stranger).toMatchObject({ ok: false, refusal: 'account_unknown' });
});

test('a store that never lets it through is told to come again', async () => {
  const trading = await openTrading({}, (store) => ({ ...store, save: async () => 'stale' }));
  trading.quote(bitcoin.id, '60000', '60000');
  expect(await trading.order('buy', '0.1')).toEqual({ ok: false, refusal: 'account_busy' });
});
