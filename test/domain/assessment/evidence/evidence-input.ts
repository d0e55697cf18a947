import { marksOf } from '../../../../domain/assessment/context/marks';
import { type EvidenceInput, evidenceText } from '../../../../domain/assessment/evidence/evidence';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { Judgement } from '../../../../domain/assessment/judging/judgement';
import { idOf } from '../../../../domain/kernel/ids';
import { accountWith, BTC, dollars, ETH, held, NOW, quoteOn, RULES, resting } from '../../../fixtures/domain-story';

/** An account that fails its daily loss by ten cents, with a stop that has not been reached. */
export const inputOf = (change: Partial<EvidenceInput> = {}): EvidenceInput => ({
  assessmentId: idOf('a-1'),
  accountId: idOf('c-1'),
  accountVersion: 12,
  ruleSetVersion: 3,
  ruleSetHash: 'ab'.repeat(32),
  rules: RULES,
  account: accountWith('130000', [held(BTC, '1', '60000'), held(ETH, '-30', '-90000', { feesUsd: dollars('234') })], {
    orders: [resting('o-1')],
  }),
  quotes: [quoteOn(ETH, '3000', '3166.66666667'), quoteOn(BTC, '59999.9', '60000')],
  at: NOW,
  ...change,
});

export const judgementOf = (input: EvidenceInput): Judgement =>
  judge(input.rules, input.account, marksOf(input.quotes), input.at);

export const written = (input: EvidenceInput) => evidenceText(input, judgementOf(input));
