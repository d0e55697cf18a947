import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import type { KeptEvent } from '../../../../domain/assessment/settlement/account-moves';
import { rejudge } from '../../../../domain/assessment/settlement/rejudge';
import { settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import { plusMs } from '../../../../domain/kernel/instant';
import type { Payout } from '../../../../domain/market/instrument';
import { accountWith, at, dollars, held, NO, NOW, RULES, rainYes, YES } from '../../../fixtures/domain-story';
import { inputOf, written } from '../evidence/evidence-input';

const pays = (price: string): Payout => ({ kind: 'pays', price: at(price) });

/** Judged one version after 1,000 shares of 400 were settled: passes with 500 more, fails with 400 less. */
const LIMITS: RuleSet = {
  ...RULES,
  target: { profitUsd: dollars('500'), counts: 'realized', closesAll: false },
  dailyLoss: { anchor: 'initial', width: { kind: 'usd', usd: dollars('400') }, severity: 'fail', gainCapUsd: null },
};

function judgedOn(first: Payout, settledIn = 7, rules = LIMITS) {
  const holder = accountWith('99600', [held(YES, '1000', '400')]);
  const { account, events } = settlePosition(rules, holder, { ...rainYes, payout: first }, NOW);
  const moves = events.flatMap((one): readonly KeptEvent[] =>
    one.kind === 'position_settled' ? [{ kind: 'settlement', version: settledIn, settlement: one.settlement }] : [],
  );
  const at = plusMs(NOW, 5);
  return { moves, at, evidence: written(inputOf({ rules, account, at, quotes: [], accountVersion: 7 })) };
}

/** Goal: the status that the evidence of a verdict would bear with another payout. */
test.each`
  first        | then           | given       | rightly
  ${pays('1')} | ${pays('0.9')} | ${'passed'} | ${'passed'}
  ${pays('1')} | ${pays('0.8')} | ${'passed'} | ${'active'}
  ${pays('1')} | ${pays('0')}   | ${'passed'} | ${'failed'}
  ${pays('0')} | ${pays('1')}   | ${'failed'} | ${'passed'}
  ${pays('0')} | ${pays('0.1')} | ${'failed'} | ${'active'}
  ${pays('0')} | ${pays('0')}   | ${'failed'} | ${'failed'}
`('$given on $first.price, $rightly on $then.price', ({ first, then, given, rightly }) => {
  const { evidence, moves, at } = judgedOn(first);
  expect(rejudge(evidence, moves, YES, new Map([[YES, then]]))).toEqual({ given, rightly, at });
});

test('a pause instead of a failure is no end either', () => {
  const dailyLoss = LIMITS.dailyLoss && { ...LIMITS.dailyLoss, severity: 'pause' as const };
  const { evidence, moves } = judgedOn(pays('1'), 7, { ...LIMITS, dailyLoss });
  expect(rejudge(evidence, moves, YES, new Map([[YES, pays('0')]]))?.rightly).toBe('active');
});

test('an outcome that was settled after the verdict, or never, had no part in it', () => {
  const { evidence, moves } = judgedOn(pays('1'), 8);
  expect(rejudge(evidence, moves, YES, new Map([[YES, pays('0')]]))).toBeUndefined();
  expect(rejudge(evidence, judgedOn(pays('1')).moves, NO, new Map([[NO, pays('0')]]))).toBeUndefined();
});

test('what was put right after the verdict is judged by what the verdict saw', () => {
  const { evidence, moves } = judgedOn(pays('1'));
  const [paid] = moves;
  if (paid?.kind !== 'settlement') throw new Error('settled above');
  const later = { ...paid, version: 9, settlement: { ...paid.settlement, payout: pays('0'), cashUsd: dollars('0') } };
  expect(rejudge(evidence, [paid, later], YES, new Map([[YES, pays('0')]]))?.rightly).toBe('failed');
});
