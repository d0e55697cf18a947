import { type Account, balanceOf } from '../../../../domain/account/account';
import type { AccountEvent } from '../../../../domain/account/account-event';
import { fold } from '../../../../domain/account/evolve';
import type { BookedEvent } from '../../../../domain/assessment/settlement/account-moves';
import { correctSettlement } from '../../../../domain/assessment/settlement/correct-settlement';
import { beforePayoutOf, settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import type { InstrumentId } from '../../../../domain/kernel/ids';
import { DAY_MS, plusMs } from '../../../../domain/kernel/instant';
import { formatUsd } from '../../../../domain/kernel/money';
import type { Payout } from '../../../../domain/market/instrument';
import { accountWith, at, dollars, held, NO, NOW, rainYes, standingWith, YES } from '../../../fixtures/domain-story';
import { type Decided, decidedOn, raisedBy } from '../../decided';
import { maxLossOf } from '../rule-sets';

const pays = (price: string): Payout => ({ kind: 'pays', price: at(price) });
const _FEE = dollars('4');

type Paid = readonly [outcome: InstrumentId, price: string];

/** Both outcomes are held and settled in turn, the mark rising to the balance; then they are corrected in turn. */
function correctedInTurn(first: readonly Paid[], then: readonly Paid[]): Account {
  const rules = maxLossOf('trailing_intraday', '90000', { trails: 'balance' });
  const both = [held(YES, '1000', '400'), held(NO, '1000', '400')];
  let [account, now] = [accountWith('99200', both), NOW];
  const moved: BookedEvent[] = [];
  const keep = (events: readonly AccountEvent[]) => {
    for (const one of events) {
      if (one.kind === 'position_settled') moved.push({ kind: 'settlement', settlement: one.settlement });
    }
    const after = fold(rules, account, events);
    account = raisedBy(rules, after, balanceOf(after));
    now = plusMs(now, 1);
  };
  for (const [id, price] of first) {
    keep(settlePosition(account, { ...rainYes, id, status: 'resolved', payout: pays(price) }, now));
  }
  for (const [id, price] of then) keep(correctSettlement({ rules, account, at: now }, moved, id, pays(price)));
  return account;
}

/** Goal: what a payout found was the work of another wrong one: it is put right as well, and counts once. */
test.each`
  first                        | then                                         | mark
  ${[[YES, '1'], [NO, '1']]}   | ${[]}                                        | ${'101200.00'}
  ${[[YES, '1'], [NO, '1']]}   | ${[[YES, '0.5'], [NO, '0.6']]}               | ${'100300.00'}
  ${[[YES, '1'], [NO, '1']]}   | ${[[NO, '0.6'], [YES, '0.5']]}               | ${'100300.00'}
  ${[[YES, '1'], [NO, '1']]}   | ${[[YES, '0'], [NO, '0']]}                   | ${'100000.00'}
  ${[[YES, '1'], [NO, '1']]}   | ${[[NO, '0'], [YES, '0']]}                   | ${'100000.00'}
  ${[[YES, '1'], [NO, '0.3']]} | ${[[YES, '0.5'], [NO, '0.2'], [NO, '0.1']]}  | ${'100100.00'}
  ${[[YES, '1'], [NO, '0.5']]} | ${[[YES, '0'], [YES, '0.9'], [NO, '0.4']]}   | ${'100500.00'}
  ${[[YES, '1'], [NO, '1']]}   | ${[[YES, '0.9'], [YES, '0.5'], [NO, '0.4']]} | ${'100100.00'}
`('$first, then $then: the mark is $mark', ({ first, then, mark }) => {
  expect(formatUsd(correctedInTurn(first, then).standing.peaks.highWaterUsd)).toBe(mark);
});

test('what was settled later, and is corrected first, moves nothing of what an earlier payout found', () => {
  const rules = maxLossOf('static', '90000');
  const both = [held(YES, '1000', '400'), held(NO, '1000', '400')];
  const start = accountWith('99200', both, {
    standing: standingWith({ highWaterUsd: dollars('100000'), dayPeakUsd: dollars('100500') }),
  });
  const pay = (account: Account, id: InstrumentId, price: string, ms: number) =>
    decidedOn(
      { rules, account },
      settlePosition(account, { ...rainYes, id, status: 'resolved', payout: pays(price) }, plusMs(NOW, ms)),
    );
  const correct = (account: Account, known: readonly BookedEvent[], id: InstrumentId, ms: number) => {
    const context = { rules, account, at: plusMs(NOW, ms) };
    return decidedOn(context, correctSettlement(context, known, id, pays('0.5')));
  };
  const movesIn = ({ events }: Decided): readonly BookedEvent[] =>
    events.flatMap((one) =>
      one.kind === 'position_settled' ? [{ kind: 'settlement', settlement: one.settlement }] : [],
    );
  const first = pay(start, YES, '1', 1);
  const second = pay({ ...first.account, day: '2026-03-15' }, NO, '1', DAY_MS);
  const moved = [...movesIn(first), ...movesIn(second)];
  const later = correct(second.account, moved, NO, DAY_MS + 1);
  const all = [...moved, ...movesIn(later)];
  const earlier = correct(later.account, all, YES, DAY_MS + 2);
  const [reversal] = movesIn(earlier);
  expect(reversal?.kind === 'settlement' && reversal.settlement.before).toEqual(beforePayoutOf(start));
});
