import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import type { Payout } from '../../market/instrument';
import { after } from '../context/after';
import type { AssessmentStatus } from '../context/decision-context';
import { marksOf } from '../context/marks';
import { decideAgain } from '../evidence/evidence';
import { judge } from '../judging/judge';
import type { Verdict } from '../judging/judgement';
import type { KeptEvent } from './account-moves';
import { correctSettlements, latestIn } from './correct-settlement';

/** What the evidence of a verdict says once a payout that it was decided from is put right. */
export type Rejudged = { readonly given: AssessmentStatus; readonly rightly: AssessmentStatus; readonly at: Instant };

/**
 * Judges an assessment that has ended once more, at the moment and the prices of its verdict, as if all its outcomes
 * had paid what is right. It changes nothing: it tells those who decide. Undefined where this outcome was settled after
 * the verdict.
 */
export function rejudge(
  evidence: string,
  moved: readonly KeptEvent[],
  instrument: InstrumentId,
  right: ReadonlyMap<InstrumentId, Payout>,
): Rejudged | undefined {
  const { input, judgement } = decideAgain(evidence);
  const { rules, at, quotes, accountVersion } = input;
  const judged = moved.filter(({ version }) => version <= accountVersion);
  if (!latestIn(judged, instrument)) return undefined;
  const { account: corrected } = after(input, correctSettlements(input, judged, right));
  const again = judge(rules, corrected, marksOf(quotes), at);
  return { given: statusAfter(judgement.verdict), rightly: statusAfter(again.verdict), at };
}

const statusAfter = ({ kind }: Verdict): AssessmentStatus => (kind === 'failed' || kind === 'passed' ? kind : 'active');
