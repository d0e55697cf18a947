import { openTrading } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

/** Goal: who is late passes over nothing: a limit that had stood is judged as of then, not at what came later. */
test('prices of before a touch do not pass over the instant at which it had stood', async () => {
  const trading = await openTrading({ riskPerTrade: null, touchMs: 1_000 });
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '0.5');
  trading.later(1_000);
  trading.quote(bitcoin.id, '60000', '60000');
  const before = { quotes: trading.quotes(), at: trading.now() };
  trading.later(500);
  trading.quote(bitcoin.id, '50100', '50101');
  await trading.judge();
  trading.later(1_500);
  // By now the price is back: judged at it, nobody would know that the limit had failed the account.
  trading.quote(bitcoin.id, '60000', '60001');
  expect((await trading.judge(before)).outcome).toBe('busy');
  expect(Object.keys((await trading.snapshot()).account.standing.touched)).toEqual(['daily_loss']);
});
