import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { divide, formatPrice, price, qty } from '../../../domain/kernel/money';
import { BAND_PERMILLE, compositeOf, SOURCE_SILENT_MS, SOURCES_MIN, sourceOf } from '../../../domain/market/mark';
import type { Composite, MarkSource } from '../../../domain/market/quote';
import { at, NOW } from '../../fixtures/domain-story';
import { compositeWords, listedAt, shownBy, sourceAt } from '../../fixtures/mark-story';

const page = readFileSync(join(__dirname, '../../../docs/mark-price.md'), 'utf8').replace(/\s+/g, ' ');
const source = readFileSync(join(__dirname, '../../../docs/mark-price.md'), 'utf8');

const prices = (made: Composite) => compositeWords(made).split(',')[0]?.replace('/', ' / ');

/** Goal: the page says what the code does, number by number. */
test('the constants of the page are those of the code', () => {
  expect([BAND_PERMILLE, SOURCE_SILENT_MS, SOURCES_MIN]).toEqual([10n, 5_000, 2]);
  for (const said of ['more than **1 %** of the centre', 'more than 5 s ago', '**fewer than two** venues left']) {
    expect(page).toContain(said);
  }
  const stateOf = (text: string) => sourceOf(listedAt('kraken', text), NOW).state;
  expect([stateOf('5@100/5@100.1'), stateOf('4.9@100/5@100.1')]).toEqual(['good', 'thin']);
  expect([stateOf('4@100 2@95/6@101'), stateOf('4@100 2@94.9/6@101')]).toEqual(['good', 'thin']);
  expect(page).toContain('less than 500 dollars (of its own currency) on a side, within 5 %');
});

test('its example is what the code makes of the same prices', () => {
  const rate = compositeOf(shownBy('coinbase 0.9984/0.9986; kraken 0.9982/0.9984'));
  expect(page).toContain(`its rate is ${prices(rate)}.`);
  const shown = { Binance: '60110/60110.5', Coinbase: '60001.1/60003.4', Kraken: '60000/60000.1' };
  const all = Object.entries(shown).map(([name, prices]) => `${name.toLowerCase()} ${prices}`);
  for (const [name, text] of Object.entries(shown)) {
    const own = inDollars(text, name === 'Binance' ? rate : undefined);
    const middle = formatPrice(price((own.bid + own.ask) / 2n));
    const row = [name, text.replace('/', ' / '), `${formatPrice(own.bid)} / ${formatPrice(own.ask)}`, middle];
    expect(page).toContain(`| ${row.join(' | ')} |`);
  }
  const centre = at('60002.25');
  const [low, high] = [price((centre * 99n) / 100n), price((centre * 101n) / 100n)];
  expect(page).toContain(`The centre is 60002.25, the band reaches from ${formatPrice(low)} to ${formatPrice(high)}`);
  const agreed = compositeOf(shownBy(all.join('; '), rate));
  expect(page).toContain(`The mark is ${prices(agreed)}.`);
  const crashed = compositeOf(shownBy(`${all.slice(0, 2).join('; ')}; kraken 36000/36000.1`, rate));
  expect(crashed.sources.map(({ state }) => state)).toEqual(['good', 'good', 'disagrees']);
  const higher = (crashed.bid?.price ?? 0n) - (agreed.bid?.price ?? 0n);
  expect(page).toContain(
    `the mark is ${prices(crashed)}: ${formatPrice(price(((higher + 500_000n) / 10n ** 6n) * 10n ** 6n))}`,
  );
});

function inDollars(text: string, rate: Composite | undefined) {
  const [bid = 0n, ask = 0n] = text.split('/').map((each) => at(each));
  if (!rate?.bid || !rate.ask) return { bid: price(bid), ask: price(ask) };
  return {
    bid: price(divide(bid * rate.bid.price, 10n ** 8n, 'floor')),
    ask: price(divide(ask * rate.ask.price, 10n ** 8n, 'ceil')),
  };
}

type Recomputed = { readonly bid: bigint; readonly ask: bigint } | null;
const code = /```js\n([\s\S]*?)```/.exec(source)?.[1] ?? '';
const recompute = new Function(`${code}; return markOf;`)() as (data: unknown) => Recomputed;

const cents = fc.bigInt(5_900_000n, 6_100_000n);
const anySource = (venue: MarkSource['venue']): fc.Arbitrary<MarkSource> =>
  fc
    .record({ bid: cents, spread: fc.bigInt(1n, 10n ** 10n), state: fc.constantFrom('good', 'disagrees', 'stale') })
    .map(({ bid, spread, state }) => {
      const low = { price: price(bid * 10n ** 6n), qty: qty(1n) };
      return sourceAt(venue, low, { ...low, price: price(low.price + spread) }, state as MarkSource['state']);
    });
const anyRate = fc.bigInt(1n, 2n * 10n ** 8n).map((worth) => {
  const tops = [worth, worth + 3n].map((each) => ({ price: price(each), qty: qty(1n) }));
  return compositeOf([
    sourceAt('coinbase', ...(tops as [never, never])),
    sourceAt('kraken', ...(tops as [never, never])),
  ]);
});

/** Goal: whoever runs the page's own few lines on an event's sources arrives at the same price. */
test('the code of the page computes any mark as the platform does, from what an event says', () => {
  const sources = fc.tuple(anySource('binance'), anySource('coinbase'), anySource('kraken'), anyRate);
  fc.assert(
    fc.property(sources, ([binance, coinbase, kraken, rate]) => {
      const made = compositeOf([{ ...binance, rate }, coinbase, kraken]);
      const told = JSON.parse(
        JSON.stringify(made, (key, value) =>
          key === 'price' || key === 'qty' ? formatPrice(BigInt(value) as never) : value,
        ),
      );
      const again = recompute(told);
      expect(again && [again.bid, again.ask]).toEqual(made.bid && made.ask ? [made.bid.price, made.ask.price] : null);
    }),
    { seed: 51, numRuns: 1_000 },
  );
});
