import { QuoteTape } from '../../../engines/risk/selection/tape';
import { NOW, quoteOn, YES } from '../../fixtures/domain-story';
import { rain } from '../../fixtures/open-trading';
import { BTC, engineOver } from './engine-story';

/** Goal: an engine that hears of a crash judges whoever holds something without a price, as soon as it may matter. */
/** Four bitcoin at 60,000, and shares of a market whose last price the engine never heard of. */
async function holding(shares: string, last: string) {
  const world = await engineOver({ dailyLoss: null });
  world.trading.quote(rain.id, last, last);
  await world.buy('4');
  await world.trading.order('buy', shares, { instrument: rain.id });
  world.later(60_000);
  await world.start();
  await world.quote('60000', '60001');
  return world;
}

test('five shares of which it never heard hide nothing', async () => {
  const world = await holding('5', '0.95');
  await world.quote('58500', '58501');
  expect((await world.trading.snapshot()).status).toBe('active');
  await world.quote('57500', '57501');
  expect((await world.trading.snapshot()).status).toBe('failed');
});

test('once a judgement has told it what they were worth last it looks again only when something may follow', async () => {
  const world = await holding('5', '0.95');
  const judged = world.judged.length;
  for (const bid of ['60010', '59990', '60005']) await world.quote(bid, '60011');
  expect(world.judged.length).toBe(judged);
});

test('a lottery ticket brings the account into doubt: the crypto is closed, and the price that returns decides', async () => {
  const world = await holding('10000', '0.01');
  await world.quote('57500', '57501');
  const { status, account } = await world.trading.snapshot();
  expect([status, account.positions.map(({ instrument }) => instrument)]).toEqual(['active', [rain.id]]);
  expect(world.judged.at(-1)).toBe('open');
  await world.quote('90000', '90001');
  expect((await world.trading.snapshot()).status).toBe('active');
  world.trading.quote(rain.id, '0.01', '0.02');
  expect((await world.trading.judge()).outcome).toBe('failed');
});

test('a position that never was quoted while the engine watched is selected by the crash of another', async () => {
  const world = await holding('5', '0.95');
  const next = await world.successor();
  await next.takeUp();
  await next.idle();
  expect(next.snapshot(world.trading.accountId)?.account.positions).toHaveLength(2);
  expect(next.watchlist.marksNow([BTC, rain.id], world.state.now)).toMatchObject([
    { instrument: BTC },
    { instrument: rain.id, bid: null },
  ]);
});

test('the tape remembers what was last good of each side, whatever came since', () => {
  const tape = new QuoteTape(10_000);
  const at = (ms: number) => (NOW + ms) as typeof NOW;
  const quote = (bid: string, ms: number) => ({ ...quoteOn(YES, bid), receivedAt: at(ms) });
  tape.push(YES, at(0), quote('0.5', 0));
  tape.push(YES, at(1), { ...quote('0.6', 1), ask: null });
  const lost = tape.push(YES, at(2), undefined);
  const last = (tick: number, ms: number) => tape.marksAt([YES], tick, at(ms)).get(YES);
  expect(last(1, 0)).toMatchObject({ bid: { price: 50_000_000n }, ask: { price: 50_000_000n } });
  expect(last(2, 1)).toMatchObject({ bid: { price: 60_000_000n }, ask: null, last: { ask: { price: 50_000_000n } } });
  const both = { bid: { price: 60_000_000n, receivedAt: at(1) }, ask: { price: 50_000_000n, receivedAt: at(0) } };
  expect(last(lost, 2)).toMatchObject({ bid: null, ask: null, last: both });
  expect(last(1, 10_001)).toMatchObject({ bid: null, ask: null, last: { bid: { price: 50_000_000n } } });
});

test('what others know of an instrument counts until something is heard of it', () => {
  const tape = new QuoteTape(10_000);
  expect(tape.knows(YES, 0)).toBe(false);
  tape.tell(YES, { ...quoteOn(YES, '0.5'), receivedAt: NOW });
  expect([tape.knows(YES, 0), tape.marksAt([YES], 0, NOW).get(YES)?.bid?.price]).toEqual([true, 50_000_000n]);
  const later = (NOW + 10_001) as typeof NOW;
  expect(tape.marksAt([YES], 0, later).get(YES)).toMatchObject({ bid: null, last: { bid: { price: 50_000_000n } } });
  tape.push(YES, later, undefined);
  expect(tape.marksAt([YES], 1, later).get(YES)).toMatchObject({ bid: null, last: { bid: { price: 50_000_000n } } });
  tape.tell(BTC, undefined);
  expect([tape.knows(BTC, 0), tape.marksAt([BTC], 0, NOW).size]).toEqual([true, 0]);
});
