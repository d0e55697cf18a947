import fc from 'fast-check';
import { decideAgain, replayEvidence } from '../../../../domain/assessment/evidence/evidence';
import { instant } from '../../../../domain/kernel/instant';
import { price, qty } from '../../../../domain/kernel/money';
import { compositeOf, markOf } from '../../../../domain/market/mark';
import type { MarkSource, Quote } from '../../../../domain/market/quote';
import { accountWith, BTC, held, NOW } from '../../../fixtures/domain-story';
import { compositeWords, shownBy, sourceAt } from '../../../fixtures/mark-story';
import { inputOf, written } from './evidence-input';

const TETHER = compositeOf(shownBy('coinbase 0.999/1; kraken 0.999/1'));
const SHOWN = 'binance 60060.06/60070; coinbase 60002/60003; kraken 60001/60004; polymarket 30000/30001';

const evidenceAt = (mark: Quote): string =>
  written(inputOf({ quotes: [mark], account: accountWith('130000', [held(BTC, '1', '60000')]) }));

const MARK = markOf(BTC, shownBy(SHOWN, TETHER), NOW, undefined);

test('evidence says what its mark was made of: each venue, those that were left out, and what made the rate', () => {
  const text = evidenceAt(MARK);
  const { input } = decideAgain(text);
  expect(input.quotes).toEqual([MARK]);
  expect(compositeWords(input.quotes[0] as never)).toBe('60001/60004, polymarket disagrees');
  expect(input.quotes[0]?.sources?.[0]?.rate).toEqual(TETHER);
  expect(replayEvidence(text)).toBe(text);
});

test('a mark that nobody confirms replays as well: with what was good last, and those that were asked', () => {
  const alone = markOf(BTC, shownBy('coinbase 60000/60001 gapped; kraken 60000/60001'), NOW, MARK);
  const text = evidenceAt(alone);
  expect(decideAgain(text).input.quotes).toEqual([alone]);
  expect(replayEvidence(text)).toBe(text);
});

/** Goal: nobody writes another price into evidence, nor another origin of it. */
test.each`
  what                                     | from                                       | to
  ${'the bid of the mark'}                 | ${'"bid": "60001",\n      "bidQty": "30"'} | ${'"bid": "60001.5",\n      "bidQty": "30"'}
  ${'its size'}                            | ${'"bidQty": "30"'}                        | ${'"bidQty": "31"'}
  ${'what a venue showed'}                 | ${'"bid": "60002"'}                        | ${'"bid": "60000.9"'}
  ${'the ask of a venue'}                  | ${'"ask": "60003"'}                        | ${'"ask": "60009"'}
  ${'the state of a venue that took part'} | ${'"state": "good"'}                       | ${'"state": "gapped"'}
  ${'what a tether was worth'}             | ${'"bid": "0.999"'}                        | ${'"bid": "0.9999"'}
`('evidence in which somebody changed $what is refused', ({ from, to }) => {
  const text = evidenceAt(MARK);
  expect(text).toContain(from);
  expect(() => replayEvidence(text.replaceAll(from, to))).toThrow('a mark is not what its sources make');
});

test('so is a mark that says nothing of its sources', () => {
  const { sources: _, ...bare } = MARK;
  expect(() => replayEvidence(evidenceAt(bare))).toThrow('a mark does not say what it was made of');
});

const cents = fc.bigInt(5_990_000n, 6_010_000n).map((amount) => price(amount * 10n ** 6n));
const source = (venue: MarkSource['venue']): fc.Arbitrary<MarkSource> =>
  fc
    .record({ bid: cents, spread: fc.bigInt(1n, 10n ** 9n), amount: fc.bigInt(1n, 10n ** 10n) })
    .map(
      ({ bid, spread, amount }): MarkSource =>
        sourceAt(venue, { price: bid, qty: qty(amount) }, { price: price(bid + spread), qty: qty(amount) }),
    );

/** Goal: the same sources give the same bytes, and no price in the evidence of a mark is made worse unseen. */
test('any mark replays to the same bytes, and its price cannot be another', () => {
  fc.assert(
    fc.property(source('coinbase'), source('kraken'), fc.bigInt(1n, 10n ** 8n), (one, other, off) => {
      const mark = markOf(BTC, [one, other], instant(NOW + 5), undefined);
      const text = evidenceAt(mark);
      expect(replayEvidence(text)).toBe(text);
      if (!mark.bid) return;
      const moved = { ...mark, bid: { ...mark.bid, price: price(mark.bid.price - off) } };
      expect(() => replayEvidence(evidenceAt(moved))).toThrow('a mark is not what its sources make');
    }),
    { seed: 51, numRuns: 200 },
  );
});
