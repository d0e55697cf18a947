import { markText, touchAt, venueLines, venueNotices } from '../../web/lib/venues';
import { btc, quote, rain } from './account';

type Venues = NonNullable<ReturnType<typeof quote>['venues']>;
type Line = Venues[number];

const AGREED: Venues = [
  ['binance', 'good', '60010', '60011'],
  ['coinbase', 'good', '60000', '60004'],
  ['kraken', 'good', '60001', '60003'],
];
const at = (...changed: readonly Line[]): Venues =>
  AGREED.map((line) => changed.find(([venue]) => venue === line[0]) ?? line);
const priced = (venues: Venues) => quote({ bid: ['60001', '3'], ask: ['60004', '3'], venues });
const unpriced = (venues: Venues) => quote({ quality: 'unconfirmed', bid: null, ask: null, venues });

/** Goal: a trader reads of each venue why it has no part in what a coin is worth. */
test.each`
  state            | why
  ${'gapped'}      | ${'a part of its book was lost on the way'}
  ${'crossed'}     | ${'its bid meets its ask'}
  ${'stale'}       | ${'it is not connected'}
  ${'halted'}      | ${'it does not trade this coin now'}
  ${'silent'}      | ${'nothing was heard of it for more than 5 seconds'}
  ${'one_sided'}   | ${'nobody buys there, or nobody sells'}
  ${'thin'}        | ${'what it shows is worth too little'}
  ${'unconverted'} | ${'nobody can say what a tether is worth'}
  ${'good'}        | ${undefined}
`('$state: $why', ({ state, why }) => {
  const [line] = venueLines(priced(at(['binance', state, '60010', '60011'])));
  expect(line).toEqual({ venue: 'binance', name: 'Binance', bid: '60010', ask: '60011', isInTethers: true, why });
});

test.each`
  story                        | bid         | ask         | why
  ${'a crash at one alone'}    | ${'36000'}  | ${'36001'}  | ${'its price is 40 % from the others'}
  ${'a little more than most'} | ${'61000'}  | ${'61004'}  | ${'its price is 1.7 % from the others'}
  ${'a wide book around it'}   | ${'30000'}  | ${'90005'}  | ${'its bid or its ask is not that of the others'}
  ${'twice as much'}           | ${'120005'} | ${'120005'} | ${'its price is 100 % from the others'}
`('$story: $why', ({ bid, ask, why }) => {
  expect(venueLines(priced(at(['kraken', 'disagrees', bid, ask])))[2]?.why).toBe(why);
});

test('without a mark a venue is held against the middle of the others', () => {
  const lines = venueLines(
    unpriced([
      ['coinbase', 'disagrees', '60000', '60000'],
      ['kraken', 'disagrees', '36000', '36000'],
    ]),
  );
  expect(lines.map(({ why }) => why)).toEqual([
    'its price is 67 % from the others',
    'its price is 40 % from the others',
  ]);
});

/** Goal: what an order would meet is what the account's own venue shows, while the others confirm it. */
test.each`
  story                        | venues                                             | primary       | touch
  ${'at Kraken'}               | ${AGREED}                                          | ${'kraken'}   | ${{ bid: '60001', ask: '60003' }}
  ${'at Coinbase'}             | ${AGREED}                                          | ${'coinbase'} | ${{ bid: '60000', ask: '60004' }}
  ${'it is left out'}          | ${at(['kraken', 'disagrees', '36000', '36001'])}   | ${'kraken'}   | ${{}}
  ${'another one is left out'} | ${at(['coinbase', 'disagrees', '36000', '36001'])} | ${'kraken'}   | ${{ bid: '60001', ask: '60003' }}
  ${'it was not heard of'}     | ${AGREED.slice(0, 2)}                              | ${'kraken'}   | ${{}}
`('$story', ({ venues, primary, touch }) => {
  expect(touchAt(priced(venues), primary)).toEqual({ bid: undefined, ask: undefined, ...touch });
});

test('an unconfirmed coin has nothing to meet; an outcome has its own book; without a quote there is nothing', () => {
  const none = { bid: undefined, ask: undefined };
  expect(touchAt(unpriced(at(['coinbase', 'stale', null, null])), 'kraken')).toEqual(none);
  expect(touchAt(quote({ bid: ['0.4', '1'], ask: ['0.41', '1'] }), 'kraken')).toEqual({ bid: '0.4', ask: '0.41' });
  expect(touchAt(undefined, 'kraken')).toEqual(none);
});

test('the mark is named where it is not what the venue shows', () => {
  const shown = priced(AGREED);
  const text = (touch: { readonly bid: string; readonly ask: string }) => markText(shown, touch, btc.priceTick);
  expect(text({ bid: '60001', ask: '60003' })).toBe('Mark 60,001.00 / 60,004.00: positions and stops go by it');
  expect(text({ bid: '60001', ask: '60004' })).toBeUndefined();
  expect(markText(quote(), { bid: '1', ask: '2' }, '0.01')).toBeUndefined();
});

/** Goal: nobody finds out by a refusal that their coin, or their venue, is not believed. */
test('where nobody can trade a coin it is said, with what is wrong at each venue', () => {
  const quoted = unpriced([
    ['binance', 'silent', '60000', '60001'],
    ['coinbase', 'disagrees', '60000', '60001'],
    ['kraken', 'disagrees', '36000', '36001'],
  ]);
  expect(venueNotices(btc, quoted, 'kraken')).toEqual([
    {
      title: 'The price of BTC is unconfirmed',
      text:
        'Binance is left out: nothing was heard of it for more than 5 seconds; ' +
        'Coinbase is left out: its price is 67 % from the others; Kraken is left out: its price is 40 % from the others. ' +
        'Fewer than two venues agree on a price: orders are refused, and no account is judged by it.',
    },
  ]);
  const [alone] = venueNotices(btc, unpriced([['kraken', 'good', '60000', '60001']]), 'kraken');
  expect(alone?.text).toMatch(/^Only one venue is heard\. Fewer than two/);
});

test('where the own venue is left out it is said, and who values what is held', () => {
  const crashed = priced(at(['kraken', 'disagrees', '36000', '36001']));
  expect(venueNotices(btc, crashed, 'kraken')).toEqual([
    {
      title: 'No order in BTC fills at Kraken now',
      text:
        'Kraken is left out: its price is 40 % from the others. Your orders are refused until it is back. ' +
        'What you hold is still valued, by Binance and Coinbase.',
    },
  ]);
  expect(venueNotices(btc, crashed, 'coinbase')).toEqual([]);
  const [unheard] = venueNotices(btc, priced(AGREED.slice(0, 2)), 'kraken');
  expect(unheard?.text).toMatch(/^Kraken has not been heard of\. /);
});

test('a coin that all venues confirm needs no word, and an outcome has one venue alone', () => {
  expect(venueNotices(btc, priced(AGREED), 'kraken')).toEqual([]);
  expect(venueNotices(rain('yes'), quote(), 'kraken')).toEqual([]);
  expect(venueLines(quote())).toEqual([]);
});
