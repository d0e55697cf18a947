import type { AccountSnapshot, Fence } from '../ports/accounts/account-store';
import type { Trace } from '../ports/clock-and-ids';
import { type JudgeAccountParts, judgeAccount } from './judge-account';
import { type JudgePastParts, judgePast, type PastJudged } from './judge-past';

/**
 * Judges an account at what was told since its last change, for an engine that is asked about it before it has heard
 * of those prices itself. It writes by the right of `fence`.
 */
export const judgePastFenced = (parts: JudgeAccountParts & Omit<JudgePastParts, 'judge'>) => {
  const judge = judgeAccount(parts);
  return (snapshot: AccountSnapshot, trace: Trace, fence: Fence): Promise<PastJudged> =>
    judgePast({ ...parts, judge: (id, cause, seen) => judge(id, cause, { ...seen, fence }) })(
      snapshot,
      trace,
      parts.clock.now(),
    );
};
