import type { Instrument } from '../../web/lib/contract';
import { namingOf, outcomeName } from '../../web/lib/naming';
import { marketsOf, siblingOf } from '../../web/lib/outcomes';
import { btc } from './account';

const question = 'FaZe vs illwill';
const outcome = (side: 'yes' | 'no', name?: string): Instrument => ({
  ...btc,
  id: `PM-match-${(name ?? side).toUpperCase()}` as Instrument['id'],
  venue: 'polymarket',
  kind: 'outcome',
  title: `${question} ${name ?? side.toUpperCase()}`,
  outcome: { marketId: '0x1', eventId: '1', category: 'Sports', question, side, ...(name !== undefined && { name }) },
});

/** Goal: a trader reads what the venue calls an outcome, and YES or NO where it calls it so. */
test.each`
  side     | name         | shown
  ${'yes'} | ${undefined} | ${'YES'}
  ${'no'}  | ${undefined} | ${'NO'}
  ${'yes'} | ${'FaZe'}    | ${'FaZe'}
  ${'no'}  | ${'illwill'} | ${'illwill'}
`('$side called $name is shown as $shown', ({ side, name, shown }) => {
  const instrument = outcome(side, name);
  expect(instrument.outcome && outcomeName(instrument.outcome)).toBe(shown);
  expect(namingOf([instrument])(instrument.id).unit).toBe(`${shown} · ${question}`);
});

test('two named outcomes are one market, the first of them first, and each is the other’s sibling', () => {
  const [faze, illwill] = [outcome('yes', 'FaZe'), outcome('no', 'illwill')];
  expect(marketsOf([illwill, faze])).toEqual([
    { kind: 'prediction', id: '0x1', title: question, yes: faze, no: illwill },
  ]);
  expect(siblingOf(faze, [illwill, faze])).toBe(illwill);
});
