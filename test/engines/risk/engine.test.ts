import type { Envelope } from '../../../contracts/topics/envelope';
import { plusMs } from '../../../domain/kernel/instant';
import { limitAt, priceOf } from '../../fixtures/open-trading';
import { BTC, dollars, engineOver, quoteEvent, targetOf, tradeEvent, typesOf } from './engine-story';

/**
 * Goal: between orders the engine sees to it that an account is judged when it must be, and not when it need not be.
 */
test('every open account is judged once at start, at what was told before, so that nothing of it was missed', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  world.trading.quote(BTC, '40000', '40001');
  await world.start();
  // What was told failed it; what the engine itself looks at has ended then.
  expect([(await world.trading.snapshot()).status, world.judged]).toEqual(['failed', ['closed']]);
  await world.engine.reconcile();
  await world.engine.idle();
  expect(world.judged).toEqual(['closed']);
});

test('quotes far from the limits judge nobody; the one that crosses judges and fails the account once', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.start();
  world.judged.length = 0;
  for (const bid of ['60000', '59000', '56000', '55200']) await world.quote(bid, '60001');
  expect(world.judged).toEqual([]);
  await world.quote('50156', '60001');
  await world.quote('50155', '60001');
  expect(world.judged).toEqual(['failed']);
  const types = typesOf(world);
  const verdict = types.indexOf('rules.violation-detected');
  expect(types.slice(verdict)).toEqual([
    'rules.violation-detected',
    'assessment.abandoned',
    'trading.order-placed',
    'trading.order-filled',
  ]);
});

test.each`
  quality      | why
  ${'stale'}   | ${'the venue is silent'}
  ${'gapped'}  | ${'an update is missing'}
  ${'crossed'} | ${'the book contradicts itself'}
`('no judgement when $why', async ({ quality }) => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.start();
  world.judged.length = 0;
  await world.quote('40000', '40001', quality);
  expect(world.judged).toEqual([]);
  expect((await world.trading.snapshot()).status).toBe('active');
});

test('a tick that was overtaken, or comes again, judges nobody and marks nobody', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.start();
  world.judged.length = 0;
  world.later(1_000);
  await world.quote('60000', '60001');
  await world.quote('60010', '60011');
  world.engine.onEvent(quoteEvent(BTC, ['40000', '40001'], { sequence: 1, receivedAt: world.state.now - 500 }));
  world.engine.onEvent(quoteEvent(BTC, ['40000', '40001'], { sequence: 2, receivedAt: world.state.now }));
  await world.engine.idle();
  expect(world.judged).toEqual([]);
});

test('an account bought after the start is watched from its first event on', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  expect(new Set(world.judged)).toEqual(new Set(['open']));
  await world.quote('40000', '40001');
  expect(world.judged.at(-1)).toBe('failed');
});

test.each`
  order               | arrange
  ${'in their order'} | ${(events: Envelope[]) => events}
  ${'backwards'}      | ${(events: Envelope[]) => [...events].reverse()}
  ${'twice'}          | ${(events: Envelope[]) => [...events, ...events]}
`('a fill that reaches the target passes the account, its events told $order', async ({ arrange }) => {
  const world = await engineOver({ ...targetOf('3000') });
  await world.buy('1');
  await world.tell(arrange);
  world.trading.quote(BTC, '65000', '65000');
  await world.trading.order('sell', '1');
  await world.tell(arrange);
  expect(world.judged.filter((outcome) => outcome === 'passed')).toHaveLength(1);
  expect(typesOf(world).at(-1)).toBe('assessment.completed');
  await world.tell(arrange);
  expect(world.judged.filter((outcome) => outcome === 'passed')).toHaveLength(1);
});

test('an account whose position is closed is no longer looked at', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  await world.trading.order('sell', '0.5');
  await world.tell();
  const before = world.judged.length;
  await world.quote('1', '2');
  expect(world.judged.length).toBe(before);
});

test('the trading day is opened at its boundary, once, also while there is no price', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  world.later(12 * 3_600_000 + 30 * 60_000 - 1); // One millisecond before 00:30.
  world.engine.runDue();
  await world.engine.idle();
  expect(typesOf(world)).not.toContain('assessment.day-opened');
  world.later(1);
  for (let second = 0; second < 3; second++) {
    world.engine.runDue();
    await world.engine.idle();
  }
  expect(typesOf(world).filter((type) => type === 'assessment.day-opened')).toHaveLength(1);
  const judgements = world.judged.length;
  world.engine.runDue();
  await world.engine.idle();
  expect(world.judged.length).toBe(judgements);
});

test('a missing stop is corrected when it is due, once, and fails the assessment at the end of that', async () => {
  const stopCorrection = { count: 1, withinMs: 3_600_000 };
  const world = await engineOver({
    riskPerTrade: {
      limitUsd: dollars('9000'),
      severity: 'fail',
      stopWithinMs: 300_000,
      stopSeverity: 'fail',
      stopCorrection,
      plan: 'unjudged',
      stopMissesToFail: null,
    },
  });
  const after = async (ms: number) => {
    world.later(ms);
    await world.quote('60000', '60001');
    world.engine.runDue();
    await world.engine.idle();
    const { status, account } = await world.trading.snapshot();
    return [status, ...account.standing.stopCorrections.map(({ dueAt }) => dueAt - world.state.now)];
  };
  await world.buy('0.5');
  await world.tell();
  expect(await after(300_000 - 1)).toEqual(['active']);
  expect(await after(1)).toEqual(['active', 3_600_000]);
  expect(await after(3_600_000 - 1)).toEqual(['active', 1]);
  expect(await after(1)).toEqual(['failed', 0]);
  const types = typesOf(world).filter((type) => type.startsWith('rules.'));
  expect(types).toEqual(['rules.stop-corrected', 'rules.violation-detected']);
});

test('a database that is away is asked again until it answers', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  world.state.isDatabaseDown = true;
  await world.quote('40000', '40001');
  expect(world.failures).toEqual(['an account could not be judged']);
  world.state.isDatabaseDown = false;
  while (world.judged.at(-1) !== 'failed') await new Promise((resolve) => setTimeout(resolve, 10));
  await world.engine.close();
});

test('a judgement carries the correlation id of the quote that caused it', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  await world.quote('40000', '40001');
  expect(world.causes.at(-1)).toBe('quote-1');
  const abandoned = world.trading.events().find(({ type }) => type === 'assessment.abandoned');
  expect(abandoned?.correlationId).toBe('quote-1');
});

test('a limit is warned of when half of it is used, once', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  for (const bid of ['54843', '54800', '54843']) await world.quote(bid, '60001');
  const warnings = world.trading.events().filter(({ type }) => type === 'rules.limit-warned');
  expect(warnings.map(({ data }) => `${data.rule} ${data.percent}`)).toEqual(['daily_loss 50']);
});

/** Goal: what rests is set to work by the price that reaches it, and by no other. */
test.each`
  order                          | ticket                                                           | quiet        | working
  ${'a stop'}                    | ${{ side: 'sell', terms: { type: 'stop', stopPrice: '59000' } }} | ${'59000.1'} | ${'59000'}
  ${'a limit to sell at a gain'} | ${{ side: 'sell', terms: limitAt('61000') }}                     | ${'61000'}   | ${'61000.1'}
`('$order rests at a bid of $quiet and fills at $working', async ({ ticket, quiet, working }) => {
  const world = await engineOver();
  await world.buy('0.5');
  const { side, terms } = ticket;
  const priced = terms.type === 'stop' ? { ...terms, stopPrice: priceOf(terms.stopPrice) } : terms;
  expect((await world.trading.order(side, '0.5', { terms: priced })).ok).toBe(true);
  await world.tell();
  const fills = () => typesOf(world).filter((type) => type === 'trading.order-filled').length;
  world.later(10);
  await world.quote(quiet, '70000');
  expect(fills()).toBe(1);
  await world.quote(working, '70000');
  expect(fills()).toBe(2);
});

test('a trade at the venue through its price fills a resting order, once', async () => {
  const world = await engineOver();
  world.trading.quote(BTC, '59990', '60000');
  expect((await world.trading.order('buy', '0.5', { terms: limitAt('59000') })).ok).toBe(true);
  await world.tell();
  await world.quote('59990', '60000');
  world.later(10);
  const told = tradeEvent('58999', '2', world.state.now);
  world.engine.onEvent(told);
  world.engine.onEvent(told);
  await world.engine.idle();
  const fills = world.trading.events().filter(({ type }) => type === 'trading.order-filled');
  expect(fills.map(({ data }) => `${data.qty} ${data.price} ${data.liquidity}`)).toEqual(['0.5 59000 maker']);
});

/** Goal: a restart decides what an engine without an outage would have decided. */
test.each`
  story                                                 | changedMs | verdict
  ${'a dip that came and went fails the account'}       | ${0}      | ${'failed'}
  ${'a dip before the account’s last fill is its past'} | ${2_000}  | ${'active'}
`('quotes retained while nobody watched: $story', async ({ changedMs, verdict }) => {
  const world = await engineOver();
  await world.buy('0.5');
  const dippedAt = plusMs(world.state.now, 1_000);
  world.later(changedMs);
  if (changedMs > 0) await world.buy('0.1');
  world.later(30_000);
  world.trading.quote(BTC, '60000', '60001');
  await world.engine.load();
  for (const [sequence, bid, at] of [
    [1, '40000', dippedAt],
    [2, '60000', plusMs(dippedAt, 500)],
  ] as const) {
    world.engine.onEvent(quoteEvent(BTC, [bid, '60001'], { sequence, receivedAt: at }));
  }
  await world.engine.idle();
  await world.engine.takeUp();
  await world.engine.idle();
  expect((await world.trading.snapshot()).status).toBe(verdict);
  if (verdict === 'failed')
    expect(world.trading.world.accounts.get(world.trading.accountId)?.verdict?.at).toBe(dippedAt);
});

test('an engine whose shard was taken from it writes nothing', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  world.trading.world.epochs.set(0, 2);
  world.engine.onEvent(quoteEvent(BTC, ['40000', '40001'], { sequence: 1, receivedAt: world.state.now }));
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  await world.engine.close();
  expect((await world.trading.snapshot()).status).toBe('active');
});

test('every quote is judged until the latest one, as soon as nobody waits', async () => {
  const world = await engineOver();
  expect(world.engine.judgedUntil()).toBeUndefined();
  await world.quote('60000', '60001');
  expect(world.engine.judgedUntil()).toBe(world.state.now);
});
