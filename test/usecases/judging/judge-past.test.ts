import { openTrading } from '../../fixtures/open-trading';
import { bitcoin, rules, trace } from '../../fixtures/stored-account';

/** Goal: what a pause could not close for want of a price is closed at the first that comes, at none of before it. */
test('who is paused without a price is not closed at a price of before', async () => {
  const dailyLoss = rules.dailyLoss && { ...rules.dailyLoss, severity: 'close' as const };
  const trading = await openTrading({ riskPerTrade: null, dailyLoss });
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '0.5');
  for (const [bid, quality] of [
    ['60000', 'good'],
    ['50100', 'good'],
    ['50100', 'gapped'],
  ] as const) {
    trading.later(1_000);
    trading.quote(bitcoin.id, bid, bid, quality);
  }
  expect((await trading.judge()).outcome).toBe('paused');
  trading.later(1_000);
  expect(await trading.parts.judgePast(await trading.snapshot(), trace, trading.now())).toBe('present');
  const { account, status } = await trading.snapshot();
  expect([account.positions.length, account.standing.day.isPaused, status]).toEqual([1, true, 'active']);
});
