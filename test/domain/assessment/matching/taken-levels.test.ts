import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { matchRestingOrders } from '../../../../domain/assessment/matching/match-resting-orders';
import type { Execution } from '../../../../domain/assessment/rules/rule-set';
import { idOf, type OrderId } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import { levelKey, NOTHING_TAKEN, type Taken, tradeKey } from '../../../../domain/market/taken';
import { at, BTC, dollars, held, RULES, units } from '../../../fixtures/domain-story';
import { play, type Scene, type Setting, sceneOf, wordsOf } from '../../../fixtures/trading-story';

type Had = { readonly all: string; readonly own: string; readonly own2?: string; readonly traded?: string };

/** So much was taken already of the asks at 101 and the bids at 99; the volumes are those of the last hour. */
const taken = ({ all, own, own2, traded }: Had): Taken => ({
  ...NOTHING_TAKEN,
  levels: new Map(
    [levelKey('asks', at('101')), levelKey('bids', at('99'))].map((key) => [key, { all: units(all), own: units(own) }]),
  ),
  ownVolume: units(own2 ?? '0'),
  tradedVolume: traded === undefined ? null : units(traded),
});

const under = (execution: Partial<Execution>, more: Setting = {}): Setting => ({
  ...more,
  rules: { riskPerTrade: null, execution: { ...RULES.execution, ...execution } },
});

function after(had: Had, setting: Setting, story: string): Scene {
  const scene = sceneOf(setting);
  const from = { ...scene.context, taken: new Map([[BTC, taken(had)]]) };
  return play(story, {}, { ...play('book 5@99 5@98 / 5@101 5@102', {}, { ...scene, context: from }), told: [] });
}

const LONG: Setting = { positions: [held(BTC, '9', '900')], cash: '99100' };

/** Goal: who adds risk finds what nobody had, or what its person had not; who leaves finds all but the person's own. */
test.each`
  story                                           | execution                            | setting | had                                               | steps                                                      | told
  ${'what others had is gone'}                    | ${{}}                                | ${{}}   | ${{ all: '3', own: '0' }}                         | ${'buy 5 limit 101 ioc'}                                   | ${'o1 works, o1 takes 2@101, o1 unfilled'}
  ${'a market order goes on to the next level'}   | ${{}}                                | ${{}}   | ${{ all: '3', own: '0' }}                         | ${'buy 5'}                                                 | ${'o1, o1 takes 2@101 3@102'}
  ${'unless the tier shares by person'}           | ${{ liquidityShared: 'person' }}     | ${{}}   | ${{ all: '3', own: '1' }}                         | ${'buy 5 limit 101 ioc'}                                   | ${'o1 works, o1 takes 4@101, o1 unfilled'}
  ${'more is shown than was taken'}               | ${{}}                                | ${{}}   | ${{ all: '3', own: '0' }}                         | ${'book 5@99 / 9@101; buy 9 limit 101 ioc'}                | ${'o1 works, o1 takes 6@101, o1 unfilled'}
  ${'less is shown than was taken'}               | ${{}}                                | ${{}}   | ${{ all: '3', own: '0' }}                         | ${'book 5@99 / 2@101; buy 1 limit 101 fok'}                | ${'insufficient_liquidity'}
  ${'a stranger takes nobody the way out'}        | ${{}}                                | ${LONG} | ${{ all: '5', own: '0' }}                         | ${'sell 5 limit 99 ioc'}                                   | ${'o1 works, o1 takes 5@99'}
  ${'what the person had is gone on the way out'} | ${{}}                                | ${LONG} | ${{ all: '5', own: '2' }}                         | ${'sell 5 limit 99 ioc'}                                   | ${'o1 works, o1 takes 3@99, o1 unfilled'}
  ${'closing finds the rest below'}               | ${{}}                                | ${LONG} | ${{ all: '5', own: '4' }}                         | ${'sell 6 reduce'}                                         | ${'o1, o1 takes 1@99 5@98'}
  ${'the desk closes what is left'}               | ${{}}                                | ${LONG} | ${{ all: '5', own: '5' }}                         | ${'close all desk'}                                        | ${'x1, x1 takes 5@98, BTC-USD is left'}
  ${'who turns over adds risk'}                   | ${{}}                                | ${LONG} | ${{ all: '5', own: '0' }}                         | ${'book 20@99 / 5@101; sell 16 limit 99 ioc'}              | ${'o1 works, o1 takes 15@99, o1 unfilled'}
  ${'a share of the level'}                       | ${{ levelShareMax: ppm(500_000n) }}  | ${{}}   | ${{ all: '0', own: '0' }}                         | ${'buy 5 limit 101 ioc'}                                   | ${'o1 works, o1 takes 2.5@101, o1 unfilled'}
  ${'of which the person had a part'}             | ${{ levelShareMax: ppm(500_000n) }}  | ${{}}   | ${{ all: '1', own: '1' }}                         | ${'buy 5 limit 101 ioc'}                                   | ${'o1 works, o1 takes 1.5@101, o1 unfilled'}
  ${'nobody leaves by shares'}                    | ${{ levelShareMax: ppm(500_000n) }}  | ${LONG} | ${{ all: '0', own: '0' }}                         | ${'sell 5 limit 99 ioc'}                                   | ${'o1 works, o1 takes 5@99'}
  ${'a share of what was traded'}                 | ${{ volumeShareMax: ppm(500_000n) }} | ${{}}   | ${{ all: '0', own: '0', own2: '1', traded: '8' }} | ${'buy 5 limit 101 ioc'}                                   | ${'o1 works, o1 takes 3@101, o1 unfilled'}
  ${'nothing was traded'}                         | ${{ volumeShareMax: ppm(500_000n) }} | ${{}}   | ${{ all: '0', own: '0', traded: '0' }}            | ${'buy 1'}                                                 | ${'insufficient_liquidity'}
  ${'nobody knows what was traded'}               | ${{ volumeShareMax: ppm(500_000n) }} | ${{}}   | ${{ all: '0', own: '0', own2: '9' }}              | ${'buy 5'}                                                 | ${'o1, o1 takes 5@101'}
  ${'nobody leaves by volume'}                    | ${{ volumeShareMax: ppm(500_000n) }} | ${LONG} | ${{ all: '0', own: '0', traded: '0' }}            | ${'sell 5'}                                                | ${'o1, o1 takes 5@99'}
  ${'a limit that rests finds what is left'}      | ${{}}                                | ${{}}   | ${{ all: '3', own: '0' }}                         | ${'book 5@99 / 9@103; buy 5 limit 102; book 5@99 / 5@101'} | ${'o1 makes 2@102'}
  ${'so does a stop'}                             | ${{}}                                | ${{}}   | ${{ all: '3', own: '0' }}                         | ${'book 5@99 / 9@90; buy 5 stop 101; book 5@99 / 5@101'}   | ${'o1 triggered, o1 takes 2@101'}
`('$story', ({ execution, setting, had, steps, told }) => {
  expect(after(had, under(execution, setting), steps).told.at(-1)).toBe(told);
});

test.each`
  had                                               | setting | steps                    | refused
  ${{ all: '3', own: '0' }}                         | ${{}}   | ${'buy 9'}               | ${'insufficient_liquidity qty: the book must hold it within 5 % of its best price; of 10 shown there 3 were taken already, and 7 are left for you'}
  ${{ all: '3', own: '0' }}                         | ${{}}   | ${'buy 3 limit 101 fok'} | ${'insufficient_liquidity qty: the book must hold all of it at the limit or better; of 5 shown there 3 were taken already, and 2 are left for you'}
  ${{ all: '3', own: '2' }}                         | ${LONG} | ${'close'}               | ${'insufficient_liquidity instrument: the book does not hold it within 5 % of its best price: close it in parts; of 10 shown there 2 were taken already, and 8 are left for you'}
  ${{ all: '0', own: '0', own2: '1', traded: '8' }} | ${{}}   | ${'buy 4'}               | ${'insufficient_liquidity qty: the book must hold it within 5 % of its best price; 3 are left of your share of what was traded in the last hour'}
  ${{ all: '0', own: '0' }}                         | ${{}}   | ${'buy 11'}              | ${'insufficient_liquidity qty: the book must hold it within 5 % of its best price'}
`('$steps: $refused', ({ had, setting, steps, refused }) => {
  const scene = after(had, under({ volumeShareMax: ppm(500_000n) }, setting), steps);
  expect(scene.refused).toBe(refused);
});

/** Goal: a trade of the venue fills the orders of one person once, on whichever account they rest. */
test.each`
  had      | by           | told
  ${''}    | ${''}        | ${'o1 makes 2@100'}
  ${'1.5'} | ${'another'} | ${'o1 makes 0.5@100'}
  ${'2'}   | ${'another'} | ${'o1 advanced'}
  ${'2'}   | ${'o1'}      | ${'o1 makes 2@100'}
`('of a trade of 2 an order finds what $by left of $had', ({ had, by, told }) => {
  const { context } = play('buy 3 limit 100', under({}));
  const sold = { tradeId: 't', price: at('99'), qty: units('2'), taker: 'sell' } as const;
  const trade = { instrument: BTC, venue: 'kraken', ...sold } as const;
  const trades =
    had === '' ? [] : [[tradeKey('asks', 't'), [{ orderId: idOf<OrderId>(by), qty: units(had) }]] as const];
  const soon = plusMs(context.at, 1);
  const now: DecisionContext = {
    ...context,
    tape: new Map([[BTC, [{ ...trade, venueAt: soon, receivedAt: soon }]]]),
    taken: new Map([[BTC, { ...NOTHING_TAKEN, trades: new Map(trades) }]]),
  };
  expect(matchRestingOrders(now).map(wordsOf).join(', ')).toBe(told);
});

test('a fill at the price of an order names the levels and the trades that it took', () => {
  const scene = play('buy 3 limit 100; book 9@98 / 1@99 1@99.5', under({}));
  const fills = scene.events.filter((event) => event.kind === 'order_filled');
  expect(fills).toHaveLength(1);
  expect(fills[0]).toMatchObject({
    fill: { levels: [{ price: at('100'), qty: units('2') }], cashUsd: dollars('-200') },
    tookLevels: [
      { price: at('99'), qty: units('1') },
      { price: at('99.5'), qty: units('1') },
    ],
  });
  expect(fills[0]).not.toHaveProperty('tookTrades');
});
