import fc from 'fast-check';
import {
  type HoldingMove,
  positionChangesOf,
  viewOf,
} from '../../../../domain/assessment/surveillance/position-changes';
import { type Reversal, reversalsAmong } from '../../../../domain/assessment/surveillance/reversal-detection';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { qty } from '../../../../domain/kernel/money';
import { INSTRUMENTS } from '../../../fixtures/domain-story';

const NAMES: Readonly<Record<string, InstrumentId>> = {
  BTC: idOf('BTC-USD'),
  ETH: idOf('ETH-USD'),
  YES: idOf('PM-rain-YES'),
  NO: idOf('PM-rain-NO'),
  POLL: idOf('PM-poll-NO'),
};
const shortName = (id: InstrumentId) => Object.keys(NAMES).find((name) => NAMES[name] === id) ?? id;
const WITHIN_MS = 60_000;

/** `BTC+2@10`: two bought at second ten. */
const movesOf = (text: string): readonly HoldingMove[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [, name = '', amount = '', at = ''] = /^([A-Z]+)([+-]\d+)@([\d.]+)$/.exec(word) ?? [];
      return { instrument: NAMES[name] ?? idOf(name), qty: qty(BigInt(amount)), at: instant(Number(at) * 1000) };
    });

const toldReversal = ({ closed, opened, closedAt, openedAt }: Reversal) =>
  `${shortName(closed.instrument)} ${closed.side} ${closedAt / 1000}, ` +
  `${shortName(opened.instrument)} ${opened.side} ${openedAt / 1000}`;

const found = (moves: readonly HoldingMove[]) =>
  reversalsAmong(moves, INSTRUMENTS, WITHIN_MS).map(toldReversal).join('; ');

/** Goal: which opposite positions were opened within a minute of a closing. */
test.each`
  story                                     | moves                                             | reversals
  ${'nothing traded'}                       | ${''}                                             | ${''}
  ${'bought and sold'}                      | ${'BTC+1@0 BTC-1@10'}                             | ${''}
  ${'through flat with one fill'}           | ${'BTC+1@0 BTC-2@10'}                             | ${'BTC long 10, BTC short 10'}
  ${'closed, and the opposite a bit later'} | ${'BTC+1@0 BTC-1@10 BTC-1@40'}                    | ${'BTC long 10, BTC short 40'}
  ${'a short, and then bought'}             | ${'BTC-1@0 BTC+1@10 BTC+1@40'}                    | ${'BTC short 10, BTC long 40'}
  ${'in the very same millisecond'}         | ${'BTC+1@0 BTC-1@10 BTC-1@10'}                    | ${'BTC long 10, BTC short 10'}
  ${'a millisecond short of the minute'}    | ${'BTC+1@0 BTC-1@10 BTC-1@69.999'}                | ${'BTC long 10, BTC short 69.999'}
  ${'at the minute itself'}                 | ${'BTC+1@0 BTC-1@10 BTC-1@70'}                    | ${'BTC long 10, BTC short 70'}
  ${'a millisecond after it'}               | ${'BTC+1@0 BTC-1@10 BTC-1@70.001'}                | ${''}
  ${'how long it was held does not matter'} | ${'BTC+1@0 BTC-1@9000 BTC-1@9001'}                | ${'BTC long 9000, BTC short 9001'}
  ${'opened again the same way'}            | ${'BTC+1@0 BTC-1@10 BTC+1@20'}                    | ${''}
  ${'only a part was closed'}               | ${'BTC+3@0 BTC-2@10 BTC-1@80 BTC-1@141'}          | ${''}
  ${'the opposite is enlarged later'}       | ${'BTC+1@0 BTC-1@10 BTC-1@75 BTC-1@76'}           | ${''}
  ${'there and back again'}                 | ${'BTC+1@0 BTC-2@10 BTC+2@20'}                    | ${'BTC long 10, BTC short 10; BTC short 20, BTC long 20'}
  ${'the opposite twice after one closing'} | ${'BTC+1@0 BTC-1@10 BTC-1@20 BTC+1@25 BTC-1@30'}  | ${'BTC long 10, BTC short 20; BTC long 10, BTC short 30'}
  ${'held against the last closing'}        | ${'BTC+1@0 BTC-1@10 BTC+1@50 BTC-1@80 BTC-1@100'} | ${'BTC long 80, BTC short 100'}
  ${'another instrument'}                   | ${'BTC+1@0 BTC-1@10 ETH-1@20'}                    | ${''}
  ${'YES sold, NO bought'}                  | ${'YES+5@0 YES-5@10 NO+5@20'}                     | ${'YES long 10, NO long 20'}
  ${'NO sold, YES bought'}                  | ${'NO+5@0 NO-5@10 YES+5@20'}                      | ${'NO long 10, YES long 20'}
  ${'NO bought while YES is still held'}    | ${'YES+5@0 NO+5@10'}                              | ${''}
  ${'NO bought just before YES is sold'}    | ${'YES+5@0 NO+5@10 YES-5@10'}                     | ${''}
  ${'YES of one market, NO of another'}     | ${'YES+5@0 YES-5@10 POLL+5@20'}                   | ${''}
  ${'YES sold and bought again'}            | ${'YES+5@0 YES-5@10 YES+5@20'}                    | ${''}
  ${'something that nobody knows any more'} | ${'OLD+1@0 OLD-2@10'}                             | ${'OLD long 10, OLD short 10'}
`('$story', ({ moves, reversals }) => {
  expect(found(movesOf(moves))).toBe(reversals);
});

const anyMove = fc.record({
  instrument: fc.constantFrom(...Object.values(NAMES)),
  step: fc.integer({ min: 0, max: 40 }),
  amount: fc.constantFrom(-2n, -1n, 1n, 2n),
});
const anyMoves = fc.array(anyMove, { maxLength: 25 }).map((steps): readonly HoldingMove[] => {
  let at = 0;
  return steps.map(({ instrument, step, amount }) => {
    at += step * 1000;
    return { instrument, qty: qty(amount), at: instant(at) };
  });
});

test('an opening is told exactly if an opposite position was closed before it, within the minute', () => {
  fc.assert(
    fc.property(anyMoves, (moves) => {
      // Closings and openings one by one: a move through flat closes before it opens.
      const steps = positionChangesOf(moves).flatMap(({ instrument, at, closed, opened }) => [
        ...(closed ? [{ at, isOpening: false, view: viewOf({ instrument, side: closed }, INSTRUMENTS) }] : []),
        ...(opened ? [{ at, isOpening: true, view: viewOf({ instrument, side: opened }, INSTRUMENTS) }] : []),
      ]);
      const expected = steps.filter(({ at, isOpening, view }, index) =>
        steps
          .slice(0, isOpening ? index : 0)
          .some(
            (before) =>
              !before.isOpening &&
              before.view.on === view.on &&
              before.view.isFor !== view.isFor &&
              at - before.at <= WITHIN_MS,
          ),
      );
      const told = reversalsAmong(moves, INSTRUMENTS, WITHIN_MS).map(({ openedAt }) => openedAt);
      expect(told).toEqual(expected.map(({ at }) => at));
    }),
  );
});
