import { type BookedEvent, movesOf, rightMovesOf } from '../../../../domain/assessment/settlement/account-moves';
import { beforePayoutOf, settlementOf } from '../../../../domain/assessment/settlement/settle-position';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd } from '../../../../domain/kernel/money';
import { accountWith, at, dollars, held, NOW, units, YES } from '../../../fixtures/domain-story';

const BEFORE = beforePayoutOf(accountWith('100000'));
const paid = (price: string, afterMs: number, shares = '1000', openedMs = 0): BookedEvent => {
  const position = { ...held(YES, shares, '400'), openedAt: plusMs(NOW, openedMs) };
  const settledAt = plusMs(NOW, afterMs);
  return {
    kind: 'settlement',
    settlement: settlementOf(position, { kind: 'pays', price: at(price) }, BEFORE, settledAt),
  };
};
const fill = { instrument: YES, side: 'buy', qty: units('1'), cashUsd: dollars('-1'), filledAt: NOW } as const;
const FILL: BookedEvent = { kind: 'fill', fill: { ...fill, feeUsd: dollars('0'), realizedUsd: dollars('0') } };

const told = (moves: ReturnType<typeof movesOf>) =>
  moves.map(({ side, qty, cashUsd, realizedUsd, filledAt, isSettlement }) =>
    [side, qty / 10n ** 8n, formatUsd(cashUsd), formatUsd(realizedUsd), filledAt - NOW, isSettlement ?? false].join(
      ' ',
    ),
  );

/** Goal: as booked, every payout is a move; rightly, each position has one, when it was first settled. */
test.each`
  story                                     | moved                                        | booked                                                                                               | rightly
  ${'a fill is itself'}                     | ${[FILL]}                                    | ${['buy 1 -1.00 0.00 0 false']}                                                                      | ${['buy 1 -1.00 0.00 0 false']}
  ${'a payout sells what was held'}         | ${[paid('1', 5)]}                            | ${['sell 1000 1000.00 600.00 5 true']}                                                               | ${['sell 1000 1000.00 600.00 5 true']}
  ${'what was owed is bought'}              | ${[paid('1', 5, '-1000')]}                   | ${['buy 1000 -1000.00 -1400.00 5 true']}                                                             | ${['buy 1000 -1000.00 -1400.00 5 true']}
  ${'the last payout counts, at the first'} | ${[paid('1', 5), FILL, paid('0.5', 9)]}      | ${['sell 1000 1000.00 600.00 5 true', 'buy 1 -1.00 0.00 0 false', 'sell 1000 500.00 100.00 9 true']} | ${['sell 1000 500.00 100.00 5 true', 'buy 1 -1.00 0.00 0 false']}
  ${'held anew, it is another position'}    | ${[paid('1', 5), paid('0.5', 9, '1000', 7)]} | ${['sell 1000 1000.00 600.00 5 true', 'sell 1000 500.00 100.00 9 true']}                             | ${['sell 1000 1000.00 600.00 5 true', 'sell 1000 500.00 100.00 9 true']}
`('$story', ({ moved, booked, rightly }) => {
  expect([told(movesOf(moved)), told(rightMovesOf(moved))]).toEqual([booked, rightly]);
});
