import fc from 'fast-check';
import { formatDecimal } from '../../domain/kernel/decimal';
import type { Terms } from '../../web/lib/contract';
import { typedDecimal } from '../../web/lib/read-decimal';
import { percentOfShare, shareOfPercent, stepPrice } from '../../web/lib/ticket';
import {
  changeOf,
  type Draft,
  draftOf,
  emptyDraft,
  faultsOf,
  localText,
  termsOf,
  ticketOf,
} from '../../web/lib/ticket-draft';
import { btc, order } from './account';

const NOW = Date.UTC(2026, 2, 1, 12);
const LATER = NOW + 3_600_000;
const draft = (over: Partial<Draft> = {}): Draft => ({ ...emptyDraft, qty: '0.5', ...over });
const limit = (over: Partial<Draft> = {}) => draft({ type: 'limit', limitPrice: '59000', ...over });

/** Goal: what the platform would refuse whatever the market does is said at its field, before anything is sent. */
test.each`
  story                                       | written                                                                | faults
  ${'a market order needs a quantity alone'}  | ${draft()}                                                             | ${{}}
  ${'and has none without'}                   | ${draft({ qty: '' })}                                                  | ${{ qty: 'Enter a quantity' }}
  ${'a limit order needs its price'}          | ${limit({ limitPrice: '' })}                                           | ${{ limitPrice: 'Enter a price' }}
  ${'on the tick'}                            | ${limit({ limitPrice: '59000.05' })}                                   | ${{ limitPrice: 'Must be a multiple of 0.1' }}
  ${'above nothing'}                          | ${limit({ limitPrice: '0' })}                                          | ${{ limitPrice: 'Must be greater than zero' }}
  ${'in digits'}                              | ${limit({ limitPrice: '59k' })}                                        | ${{ limitPrice: 'Use digits and a point, at most 8 decimals' }}
  ${'a price of another type does not count'} | ${draft({ limitPrice: '59k', stopPrice: 'x', trail: 'x' })}            | ${{}}
  ${'a stop limit needs both prices'}         | ${draft({ type: 'stop_limit' })}                                       | ${{ stopPrice: 'Enter a price', limitPrice: 'Enter a price' }}
  ${'a distance in dollars is on the tick'}   | ${draft({ type: 'trailing_stop', trail: '0.05' })}                     | ${{ trail: 'Must be a multiple of 0.1' }}
  ${'one in per cent need not be'}            | ${draft({ type: 'trailing_stop', trailKind: 'share', trail: '0.05' })} | ${{}}
  ${'but stays below all of it'}              | ${draft({ type: 'trailing_stop', trailKind: 'share', trail: '100' })}  | ${{ trail: 'Must be above 0 and below 100' }}
  ${'a date is asked for where it counts'}    | ${limit({ timeInForce: 'gtd' })}                                       | ${{ timeInForce: 'Enter a date and a time' }}
  ${'and lies ahead'}                         | ${limit({ timeInForce: 'gtd', expiresAt: localText(NOW) })}            | ${{ timeInForce: 'Must be in the future' }}
  ${'as this one does'}                       | ${limit({ timeInForce: 'gtd', expiresAt: localText(LATER) })}          | ${{}}
  ${'exits are prices'}                       | ${draft({ takeProfit: '-1', stopLoss: '58000.01' })}                   | ${{ takeProfit: 'Must be greater than zero', stopLoss: 'Must be a multiple of 0.1' }}
  ${'which reducing has none of'}             | ${draft({ reduceOnly: true, takeProfit: '-1' })}                       | ${{}}
`('$story', ({ written, faults }: { written: Draft; faults: unknown }) => {
  expect(faultsOf(written, btc, NOW)).toEqual(faults);
});

/** Goal: where the steps of a price differ along the way, each price is held to its own, as the arrows are. */
test.each`
  limitPrice  | fault                            | up
  ${'0.095'}  | ${undefined}                     | ${'0.096'}
  ${'0.0955'} | ${'Must be a multiple of 0.001'} | ${'0.0965'}
  ${'0.105'}  | ${'Must be a multiple of 0.01'}  | ${'0.115'}
  ${'0.11'}   | ${undefined}                     | ${'0.12'}
`('$limitPrice on a tapered grid: $fault, and up to $up', ({ limitPrice, fault, up }) => {
  const bands = [
    { from: '0', step: '0.001' },
    { from: '0.1', step: '0.01' },
  ];
  const tapered = { ...btc, priceTick: '0.001', priceBands: bands };
  expect(faultsOf(limit({ limitPrice }), tapered, NOW).limitPrice).toBe(fault);
  expect(stepPrice(limitPrice, tapered, 1)).toBe(up);
});

/** Goal: what a partial fill left smaller than any order is no fault, as long as it is all of it. */
test.each`
  qty          | there        | fault
  ${'0.0000'}  | ${'0.00005'} | ${'Must be greater than zero'}
  ${'0.00005'} | ${'0.00005'} | ${undefined}
  ${'0.00004'} | ${'0.00005'} | ${'Must be at least 0.0001'}
  ${'0.00005'} | ${undefined} | ${'Must be at least 0.0001'}
`('$qty where $there is there', ({ qty, there, fault }) => {
  expect(faultsOf(draft({ qty }), btc, NOW, there).qty).toBe(fault);
});

/** Goal: what is sent has the fields of its type and no others. */
test.each`
  written                                                               | terms
  ${draft()}                                                            | ${{ type: 'market' }}
  ${limit()}                                                            | ${{ type: 'limit', limitPrice: '59000', timeInForce: { kind: 'gtc' } }}
  ${limit({ timeInForce: 'fok' })}                                      | ${{ type: 'limit', limitPrice: '59000', timeInForce: { kind: 'fok' } }}
  ${limit({ timeInForce: 'gtd', expiresAt: localText(LATER) })}         | ${{ type: 'limit', limitPrice: '59000', timeInForce: { kind: 'gtd', expiresAt: LATER } }}
  ${limit({ type: 'stop', stopPrice: ' 58000 ' })}                      | ${{ type: 'stop', stopPrice: '58000' }}
  ${limit({ type: 'stop_limit', stopPrice: '58000' })}                  | ${{ type: 'stop_limit', stopPrice: '58000', limitPrice: '59000' }}
  ${draft({ type: 'trailing_stop', trail: '500' })}                     | ${{ type: 'trailing_stop', trail: { kind: 'price', price: '500' } }}
  ${draft({ type: 'trailing_stop', trailKind: 'share', trail: '0.5' })} | ${{ type: 'trailing_stop', trail: { kind: 'share', share: '0.005' } }}
`('$terms', ({ written, terms }: { written: Draft; terms: Terms }) => {
  expect(termsOf(written)).toEqual(terms);
  expect(draftOf(order({ terms }))).toMatchObject({ type: terms.type });
  expect(termsOf(draftOf(order({ terms })))).toEqual(terms);
});

test('a ticket carries its exits, unless it only reduces', () => {
  const exits = { takeProfit: ' 61000 ', stopLoss: '' };
  expect(ticketOf(limit(exits), btc.id, 'buy')).toEqual({
    type: 'limit',
    limitPrice: '59000',
    timeInForce: { kind: 'gtc' },
    instrument: btc.id,
    side: 'buy',
    qty: '0.5',
    reduceOnly: false,
    takeProfit: '61000',
    stopLoss: null,
  });
  expect(ticketOf(limit({ ...exits, reduceOnly: true }), btc.id, 'sell')).toMatchObject({
    reduceOnly: true,
    takeProfit: null,
    stopLoss: null,
  });
});

/** Goal: a change names what was changed and nothing else, or it would give up its place for nothing. */
test.each`
  story                                    | before                                               | change                                     | sent
  ${'nothing'}                             | ${limit()}                                           | ${{}}                                      | ${{}}
  ${'the quantity'}                        | ${limit()}                                           | ${{ qty: '0.4' }}                          | ${{ qty: '0.4' }}
  ${'the price'}                           | ${limit()}                                           | ${{ limitPrice: '58900' }}                 | ${{ limitPrice: '58900' }}
  ${'the life'}                            | ${limit()}                                           | ${{ timeInForce: 'ioc' }}                  | ${{ timeInForce: { kind: 'ioc' } }}
  ${'a stop'}                              | ${limit({ type: 'stop_limit', stopPrice: '58000' })} | ${{ stopPrice: '57000' }}                  | ${{ stopPrice: '57000' }}
  ${'a distance, from dollars to a share'} | ${draft({ type: 'trailing_stop', trail: '500' })}    | ${{ trailKind: 'share', trail: '1' }}      | ${{ trail: { kind: 'share', share: '0.01' } }}
  ${'what its type does not have'}         | ${draft({ type: 'stop', stopPrice: '58000' })}       | ${{ limitPrice: '1', timeInForce: 'fok' }} | ${{}}
`('$story', ({ before, change, sent }: { before: Draft; change: Partial<Draft>; sent: unknown }) => {
  expect(changeOf(before, { ...before, ...change })).toEqual(sent);
});

test('per cent and share are the same number, a hundredfold apart', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 999_999n }), (units) => {
      const percent = formatDecimal(units, 4);
      expect(typedDecimal(shareOfPercent(percent), 6)).toBe(units);
      expect(percentOfShare(shareOfPercent(percent))).toBe(percent);
    }),
  );
});
