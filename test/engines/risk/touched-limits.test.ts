import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { qtyOf } from '../../fixtures/open-trading';
import { rules } from '../../fixtures/stored-account';
import { BTC, dollars, engineOver, quoteEvent, typesOf } from './engine-story';

const SAFE = ['60000', '60001'] as const;
const BROKEN = ['50100', '60001'] as const;

const WIDTH = { kind: 'usd', usd: dollars('4900') } as const;
const PAUSING = {
  dailyLoss: { ...(rules.dailyLoss as NonNullable<RuleSet['dailyLoss']>), severity: 'close' },
} as const;

/** An account with half a bitcoin, of which prices below 50,156 break the daily loss once they did for a second. */
async function watched(more: Partial<RuleSet> = {}) {
  const world = await engineOver({ touchMs: 1_000, ...more });
  await world.buy('0.5');
  await world.start();
  world.judged.length = 0;
  const from = world.trading.now();
  return {
    ...world,
    /** The limits that were touched, taken back and broken since the beginning, and when each was. */
    told: () =>
      world.trading
        .events()
        .filter(({ type }) => /limit-(touched|recovered)|violation/.test(type))
        .map(({ type, occurredAt }) => `${type.replace('rules.', '')} ${occurredAt - from}`)
        .join(', '),
    status: async () => (await world.trading.snapshot()).status,
  };
}

/** Goal: an engine looks at every price between the touch of a limit and the instant at which it fails. */
test('a price that breaks a limit fails nobody before it has stood', async () => {
  const { quote, later, engine, told, status } = await watched();
  await quote(...BROKEN);
  later(999);
  engine.runDue();
  await engine.idle();
  expect([await status(), told()]).toEqual(['active', 'limit-touched 0']);
});

test('without another price it fails once nothing that was told before can still come, dated to the millisecond', async () => {
  const { quote, later, engine, told, status } = await watched();
  await quote(...BROKEN);
  for (const ms of [1_700, 9_299]) {
    later(ms);
    engine.runDue();
    await engine.idle();
    expect(await status()).toBe('active');
  }
  later(1_001);
  engine.runDue();
  await engine.idle();
  expect([await status(), told()]).toEqual(['failed', 'limit-touched 0, violation-detected 1000']);
});

test('a price that saves the account counts though it is read only after the limit would have stood', async () => {
  const { quote, later, engine, told, status, trading, state } = await watched();
  await quote(...BROKEN);
  later(400);
  const saving = trading.quote(BTC, ...SAFE);
  state.sequence = saving.sequence;
  later(1_300);
  engine.runDue();
  await engine.idle();
  engine.onEvent(quoteEvent(BTC, SAFE, saving));
  await engine.idle();
  expect([await status(), told()]).toEqual(['active', 'limit-touched 0, limit-recovered 400']);
});

test('one price that keeps the limit takes it back, and it counts anew', async () => {
  const { quote, later, engine, told, status } = await watched();
  await quote(...BROKEN);
  later(400);
  await quote(...SAFE);
  later(400);
  await quote(...BROKEN);
  later(900);
  engine.runDue();
  await engine.idle();
  expect([await status(), told()]).toEqual(['active', 'limit-touched 0, limit-recovered 400, limit-touched 800']);
});

test('the price that comes after it had stood comes too late', async () => {
  const { quote, later, told, status, judged } = await watched();
  await quote(...BROKEN);
  later(600);
  await quote('50050', '60001');
  later(900);
  await quote(...SAFE);
  expect([await status(), told()]).toEqual(['failed', 'limit-touched 0, violation-detected 1000']);
  expect(judged).toEqual(['open', 'failed']);
});

/** Broken for a second, of a position that the book does not take whole, and then without a price. */
async function unpriced(more: Partial<RuleSet> = {}) {
  const world = await watched({ ...PAUSING, maxLoss: { ...rules.maxLoss, width: WIDTH }, ...more });
  const { trading, engine } = world;
  const book = trading.quote(BTC, ...BROKEN, 'good', qtyOf('0.01'));
  world.state.sequence = book.sequence;
  engine.onEvent(quoteEvent(BTC, BROKEN, book));
  await engine.idle();
  for (const ms of [700, 700, 700]) {
    world.later(ms);
    await world.quote(...BROKEN, 'gapped');
    engine.runDue();
    await engine.idle();
  }
  expect(await world.status()).toBe('active');
  return world;
}

test('a limit that had stood while nothing had a price is judged once as of then, and again at the next price', async () => {
  const { judged, later, quote, status, told } = await unpriced();
  expect(judged.length).toBeLessThan(10);
  later(100);
  await quote(...BROKEN);
  expect([await status(), told()]).toEqual(['failed', 'limit-touched 0, violation-detected 2200']);
});

test('meanwhile days begin, and a deadline that runs out waits for a price', async () => {
  const { later, engine, trading, status, quote } = await unpriced({
    activity: { ...rules.activity, timeLimitDays: 3 },
  });
  for (const days of [1, 2]) {
    later(days * 86_400_000);
    engine.runDue();
    await engine.idle();
    expect(typesOf({ trading }).filter((type) => type === 'assessment.day-opened')).toHaveLength(days);
    expect(await status()).toBe('active');
  }
  await quote('60000', '60000');
  expect(await status()).toBe('failed');
});

/** Goal: an engine that comes after an outage judges by the quotes that were kept. */
test.each([
  ['nobody kept the limit', [400, 900], [], 'failed', 'limit-touched 0, violation-detected 1000'],
  ['one price kept it', [400, 1_200], [700], 'active', 'limit-touched 0, limit-recovered 700, limit-touched 1200'],
])('where meanwhile %s', async (_, broken, safe, ended, expected) => {
  const world = await watched();
  await world.quote(...SAFE);
  await world.quote(...BROKEN);
  const from = world.state.now;
  const kept = [...broken.map((ms) => ({ ms, prices: BROKEN })), ...safe.map((ms) => ({ ms, prices: SAFE }))];
  world.later(1_500);
  const next = await world.successor();
  let sequence = 100;
  const read = (prices: readonly [string, string], ms: number) =>
    next.onEvent(quoteEvent(BTC, prices, { sequence: ++sequence, receivedAt: from + ms }));
  // It reads what came before the touch as well.
  read(SAFE, -500);
  read(BROKEN, 0);
  for (const { ms, prices } of kept.sort((a, b) => a.ms - b.ms)) {
    read(prices, ms);
    await next.idle();
  }
  await next.takeUp();
  next.runDue();
  await next.idle();
  expect([await world.status(), world.told()]).toEqual([ended, expected]);
  expect(typesOf(world).at(-1)).not.toBe('rules.limit-recovered');
});
