import { idOf, type OrderId } from '../../../domain/kernel/ids';
import { qty } from '../../../domain/kernel/money';
import {
  absentFrom,
  BOOK_DEPTH_MIN,
  countedMarket,
  levelKey,
  NOTHING_TAKEN,
  takenAfter,
} from '../../../domain/market/taken';
import { at, bookOf, units } from '../../fixtures/domain-story';

const deep = (from: number, step: number) =>
  Array.from({ length: BOOK_DEPTH_MIN }, (_, index) => `1@${from + step * index}`).join(' ');

/** Goal: a level is forgotten only if the venue would show it and does not. */
test.each`
  story                                      | bids            | asks             | side      | price    | absent
  ${'what is shown'}                         | ${'1@99'}       | ${'1@101'}       | ${'asks'} | ${'101'} | ${false}
  ${'what is shown of nothing but a crumb'}  | ${'1@99'}       | ${'0.0001@101'}  | ${'asks'} | ${'101'} | ${false}
  ${'the same price on the other side'}      | ${'1@99'}       | ${'1@101'}       | ${'bids'} | ${'101'} | ${true}
  ${'what the market has left behind'}       | ${'1@99'}       | ${'1@103'}       | ${'asks'} | ${'101'} | ${true}
  ${'a side without any'}                    | ${'1@99'}       | ${''}            | ${'asks'} | ${'101'} | ${true}
  ${'what lies behind a side that is whole'} | ${'1@99'}       | ${'1@101 1@102'} | ${'asks'} | ${'104'} | ${true}
  ${'what may stand behind a deep side'}     | ${'1@99'}       | ${deep(101, 1)}  | ${'asks'} | ${'200'} | ${false}
  ${'a gap within a deep side'}              | ${'1@99'}       | ${deep(101, 2)}  | ${'asks'} | ${'102'} | ${true}
  ${'what may stand behind deep bids'}       | ${deep(99, -1)} | ${'1@101'}       | ${'bids'} | ${'50'}  | ${false}
`('$story is absent: $absent', ({ bids, asks, side, price, absent }) => {
  const key = levelKey(side, at(price));
  expect(absentFrom(bookOf(bids, asks), [key])).toEqual(absent ? [key] : []);
});

test('a book that is not good says nothing about what has gone', () => {
  expect(absentFrom(bookOf('', '', { quality: 'gapped' }), [levelKey('asks', at('101'))])).toEqual([]);
});

test('a key that is none is not taken for a level', () => {
  expect(absentFrom(bookOf('', ''), ['rev', 'trade 7', ''])).toEqual([]);
});

test('what a person takes counts for everybody and for the person, and adds to the volume if it added risk', () => {
  const took = {
    side: 'asks',
    levels: [{ price: at('101'), qty: units('2') }],
    trades: [],
    orderId: idOf<OrderId>('o'),
  } as const;
  const once = takenAfter(NOTHING_TAKEN, { ...took, addsRisk: true });
  const twice = takenAfter(once, { ...took, addsRisk: false });
  expect(twice.levels.get(levelKey('asks', at('101')))).toEqual({ all: units('4'), own: units('4') });
  expect(twice.ownVolume).toBe(units('2'));
  expect(takenAfter(once, { ...took, levels: [], addsRisk: true })).toBe(once);
});

test('parts of one trade are kept by order', () => {
  const trade = { tradeId: 't', qty: qty(3n) };
  const took = { side: 'bids', levels: [], trades: [trade], addsRisk: true } as const;
  const one = takenAfter(NOTHING_TAKEN, { ...took, orderId: idOf<OrderId>('o-1') });
  const two = takenAfter(one, { ...took, orderId: idOf<OrderId>('o-2') });
  expect([...two.trades]).toEqual([
    [
      'bids t',
      [
        { orderId: 'o-1', qty: 3n },
        { orderId: 'o-2', qty: 3n },
      ],
    ],
  ]);
});

test.each`
  instrument                              | market
  ${'BTC-USD'}                            | ${'BTC-USD'}
  ${'PM-will-it-rain-YES'}                | ${'PM-will-it-rain'}
  ${'PM-will-it-rain-NO'}                 | ${'PM-will-it-rain'}
  ${'PM-cs2-faze-spirit-FAZE'}            | ${'PM-cs2-faze-spirit'}
  ${'KALSHI-KXBTCY-26DEC31-T99999p99-NO'} | ${'KALSHI-KXBTCY-26DEC31-T99999p99'}
`('trades of $instrument are counted as those of $market', ({ instrument, market }) => {
  expect(countedMarket(instrument)).toBe(market);
});
