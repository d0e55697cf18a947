import type { Envelope } from '../../../contracts/topics/envelope';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../domain/kernel/instant';
import { CatchUp } from '../../../engines/risk/catch-up';
import { limitAt, priceOf, qtyOf } from '../../fixtures/open-trading';
import { rules } from '../../fixtures/stored-account';
import { BTC, dollars, engineOver, quoteEvent, tradeEvent, typesOf } from './engine-story';

type World = Awaited<ReturnType<typeof engineOver>>;

const verdictOf = ({ trading }: World) => trading.world.accounts.get(trading.accountId)?.verdict;

/** The bids that a verdict was decided at. */
function bidsOf(world: World): readonly string[] {
  const { quotes } = JSON.parse(verdictOf(world)?.evidence ?? '{"quotes":[]}') as { quotes: { bid: string }[] };
  return quotes.map(({ bid }) => bid);
}

/** Goal: a fill that an engine hears of late is judged at the prices since the fill, the earliest breach first. */
test.each`
  story                                           | bids                           | verdict     | bid
  ${'the price breached and recovered'}           | ${['60000', '40000', '60000']} | ${'failed'} | ${'40000'}
  ${'the first of two breaches is the verdict'}   | ${['40000', '39000', '60000']} | ${'failed'} | ${'40000'}
  ${'it is also when the present price breaches'} | ${['60000', '41000', '39000']} | ${'failed'} | ${'41000'}
  ${'only the present price breaches'}            | ${['60000', '59000', '39000']} | ${'failed'} | ${'39000'}
  ${'nothing breached'}                           | ${['60000', '59000', '60000']} | ${'active'} | ${undefined}
`('a fill heard of after $bids: $story', async ({ bids, verdict, bid }) => {
  const world = await engineOver();
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5');
  const filledAt = world.state.now;
  for (const each of bids) {
    world.later(1_000);
    await world.quote(each, '60001');
  }
  expect(verdictOf(world)).toBeUndefined();
  await world.tell();
  expect((await world.trading.snapshot()).status).toBe(verdict);
  expect(bidsOf(world)).toEqual(bid === undefined ? [] : [bid]);
  const nth = bids.indexOf(bid) + 1;
  expect(verdictOf(world)?.at).toBe(bid === undefined ? undefined : plusMs(filledAt, nth * 1_000));
});

test('a fill that breaches at the very price it was made at is failed at that moment, whatever came since', async () => {
  const world = await engineOver({ maxLoss: { ...rules.maxLoss, width: { kind: 'usd', usd: dollars('50') } } });
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5'); // Its fee of 78 dollars is a loss at once.
  const filledAt = world.state.now;
  world.later(1_000);
  await world.quote('61000', '61001');
  await world.tell();
  expect([verdictOf(world)?.at, bidsOf(world)]).toEqual([filledAt, ['60000']]);
});

test('a peak on the way raises the floor that a later quote breaks', async () => {
  const trailing = { ...rules.maxLoss, mode: 'trailing_intraday', trails: 'equity' } as const;
  const world = await engineOver({ maxLoss: trailing, dailyLoss: null });
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5');
  for (const bid of ['70000', '49000', '60000']) {
    world.later(1_000);
    await world.quote(bid, '70001');
  }
  await world.tell();
  expect(bidsOf(world)).toEqual(['49000']);
});

test('a stop that was reached before the engine heard of it is triggered by the quote that reached it', async () => {
  const world = await engineOver();
  await world.start();
  await world.buy('0.5');
  await world.tell();
  const terms = { type: 'stop', stopPrice: priceOf('59000') } as const;
  expect((await world.trading.order('sell', '0.5', { terms })).ok).toBe(true);
  world.state.sequence = 1; // As the test numbered the book on which it was placed.
  for (const bid of ['58900', '58000', '60000']) {
    world.later(1_000);
    await world.quote(bid, '60001');
  }
  await world.tell();
  const fills = world.trading.events().filter(({ type }) => type === 'trading.order-filled');
  expect(fills.map(({ data }) => data.price)).toEqual(['60000', '58900']);
});

test('an account that is known is judged as it was selected, and no quote is looked up again', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  const looked = jest.spyOn(CatchUp.prototype, 'first');
  await world.quote('54843', '60001');
  await world.tell();
  await world.tell((events) => [...events, ...events]);
  expect([world.judged.length > 1, looked.mock.calls.length]).toEqual([true, 0]);
  looked.mockRestore();
});

/**
 * Goal: a fill that no event told of is found in the database within two minutes, and its quotes are still there. Later
 * than that it is reported, and judged at what is left: never silently, and at no price that is forgotten.
 */
test.each`
  story                                      | dipAfter | heardAfter | verdict     | reviewed
  ${'the dip is among what is kept'}         | ${5}     | ${140}     | ${'failed'} | ${0}
  ${'the dip is forgotten'}                  | ${5}     | ${260}     | ${'active'} | ${1}
  ${'some is forgotten, but not the dip'}    | ${200}   | ${260}     | ${'failed'} | ${1}
  ${'nothing dipped and nothing was missed'} | ${999}   | ${140}     | ${'active'} | ${0}
`('$story: heard after $heardAfter s, $verdict', async ({ dipAfter, heardAfter, verdict, reviewed }) => {
  const world = await engineOver();
  await world.start();
  await world.quote('60000', '60000');
  await world.buy('0.5');
  // Three quotes a second: more than what is kept of a quiet book however old it is.
  for (let third = 1; third <= heardAfter * 3; third++) {
    world.later(333);
    await world.quote(third === dipAfter * 3 ? '40000' : '60000', '60001');
    if (third % 15 === 0) world.engine.checkpoint();
  }
  await world.engine.reconcile();
  await world.engine.idle();
  expect([(await world.trading.snapshot()).status, world.state.reviewed]).toEqual([verdict, reviewed]);
  expect(bidsOf(world)).toEqual(verdict === 'failed' ? ['40000'] : []);
});

const TRAILING: Partial<RuleSet> = {
  maxLoss: { ...rules.maxLoss, mode: 'trailing_intraday', trails: 'equity' },
  dailyLoss: null,
};

/** Goal: what a successor reads again was judged before: no later peak, nor a moved trail, is held against it. */
test.each`
  story                               | bids                  | rereads      | verdict
  ${'a dip from before a saved peak'} | ${['49000', '70000']} | ${['49000']} | ${'active'}
  ${'the dip comes after the peak'}   | ${['70000', '70001']} | ${['49000']} | ${'failed'}
`('$story, read again: $verdict', async ({ bids, rereads, verdict }) => {
  const world = await engineOver(TRAILING);
  await world.buy('0.5');
  await world.tell();
  const [from, events] = [world.state.now, [] as Envelope[]];
  for (const bid of bids) {
    world.later(1_000);
    await world.quote(bid, '70002');
  }
  world.engine.checkpoint();
  await world.engine.idle();
  const engine = await world.successor();
  const isLater = verdict === 'failed';
  for (const bid of rereads) {
    const at = isLater ? plusMs(world.state.now, 1) : plusMs(from, 1_000);
    events.push(quoteEvent(BTC, [bid, '70002'], { sequence: isLater ? 9 : 1, receivedAt: at }));
  }
  for (const event of events) engine.onEvent(event);
  await engine.idle();
  expect((await world.trading.snapshot()).status).toBe(verdict);
});

test('a trail that has moved is not triggered by a price from before, read again', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  const terms = { type: 'trailing_stop', trail: { kind: 'price', price: priceOf('1000') } } as const;
  expect((await world.trading.order('sell', '0.5', { terms })).ok).toBe(true);
  await world.tell();
  world.later(1_000);
  // Both books have the numbers that the test gave them: two came before.
  world.state.sequence = 1;
  await world.quote('59900', '60001');
  const before = quoteEvent(BTC, ['59900', '60001'], { sequence: world.state.sequence, receivedAt: world.state.now });
  world.later(1_000);
  await world.quote('62000', '62001');
  expect(typesOf(world)).toContain('trading.order-advanced');
  const engine = await world.successor();
  engine.onEvent(before);
  await engine.idle();
  expect(typesOf(world)).not.toContain('trading.order-triggered');
});

/** What stood before the order, what it has of it now, and what it filled, with its sequence of trades. */
async function queued() {
  const world = await engineOver({ execution: { ...rules.execution, restingFills: 'queue' } });
  world.trading.quote(BTC, '59000', '60000', 'good', qtyOf('40'));
  expect((await world.trading.order('buy', '0.5', { terms: limitAt('59000') })).ok).toBe(true);
  await world.tell();
  return world;
}

const soldAt59000 = (amounts: readonly string[], from: number): readonly Envelope[] =>
  amounts.map((amount, at) => tradeEvent('59000', amount, plusMs(from as never, (at + 1) * 1_000), `t-${at}`));

const filledOf = ({ trading }: World) =>
  trading
    .events()
    .filter(({ type }) => type === 'trading.order-filled')
    .map(({ data }) => `${data.qty} ${data.price} ${data.liquidity}`);

/** Goal: an engine that dies in the middle of a queue leaves an order where it was; its successor fills the same. */
test.each`
  story                                    | amounts                         | diesAfter | isSaved
  ${'nobody dies'}                         | ${['25', '14.8', '0.3', '0.4']} | ${9}      | ${false}
  ${'in the middle of the queue, unsaved'} | ${['25', '14.8', '0.3', '0.4']} | ${1}      | ${false}
  ${'in the middle of the queue, saved'}   | ${['25', '14.8', '0.3', '0.4']} | ${1}      | ${true}
  ${'before its end, saved'}               | ${['25', '14.8', '0.3', '0.4']} | ${2}      | ${true}
  ${'between two parts of the fill'}       | ${['25', '14.8', '0.3', '0.4']} | ${3}      | ${false}
`('a queue is consumed by 39.8, then 0.1 and 0.4 fill: $story', async ({ amounts, diesAfter, isSaved }) => {
  const world = await queued();
  const events = soldAt59000(amounts, world.state.now);
  let engine = world.engine;
  for (const [at, event] of events.entries()) {
    if (at === diesAfter) {
      if (isSaved) {
        world.later(30_000);
        world.trading.quote(BTC, '59000', '60000');
        engine.checkpoint();
        await engine.idle();
      }
      const until = engine.judgedUntil() ?? 0;
      engine = await world.successor();
      for (const known of events.slice(0, at)) if (known.occurredAt >= until) engine.onEvent(known);
      await engine.idle();
    }
    world.later(1_000);
    world.trading.quote(BTC, '59000', '60000');
    engine.onEvent(quoteEvent(BTC, ['59000', '60000'], { sequence: 100 + at, receivedAt: world.state.now }));
    engine.onEvent(event);
    await engine.idle();
  }
  expect(filledOf(world)).toEqual(['0.1 59000 maker', '0.4 59000 maker']);
});

test('progress is saved after half a minute, and until then no quote counts as seen that came after its first trade', async () => {
  const world = await queued();
  const [first, second] = soldAt59000(['25', '5'], world.state.now);
  const tell = async (event: Envelope | undefined) => {
    world.later(1_000);
    world.trading.quote(BTC, '59000', '60000');
    world.engine.onEvent(
      quoteEvent(BTC, ['59000', '60000'], { sequence: ++world.state.sequence, receivedAt: world.state.now }),
    );
    if (event) world.engine.onEvent(event);
    await world.engine.idle();
  };
  await tell(undefined);
  const firstAt = first?.occurredAt ?? 0;
  expect(world.engine.judgedUntil()).toBe(world.state.now);
  await tell(first);
  await tell(second);
  expect(world.engine.judgedUntil()).toBe(firstAt - 1);
  world.engine.checkpoint();
  await world.engine.idle();
  expect(typesOf(world)).not.toContain('trading.order-advanced');
  world.later(30_000);
  world.trading.quote(BTC, '59000', '60000');
  world.engine.checkpoint();
  await world.engine.idle();
  const advanced = world.trading.events().filter(({ type }) => type === 'trading.order-advanced');
  expect(advanced.map(({ data }) => (data.order as { queueAhead: string }).queueAhead)).toEqual(['10']);
  expect(world.engine.judgedUntil()).toBeGreaterThan(firstAt);
});

test('trades of one message are counted together, though the first of them already fills', async () => {
  const world = await queued();
  world.later(1_000);
  world.trading.quote(BTC, '59000', '60000');
  for (const [at, amount] of ['40.2', '0.3'].entries()) {
    world.engine.onEvent(tradeEvent('59000', amount, world.state.now, `t-${at}`));
  }
  await world.engine.idle();
  expect(filledOf(world)).toEqual(['0.5 59000 maker']);
});
