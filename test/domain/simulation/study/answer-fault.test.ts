import { answerFault } from '../../../../domain/simulation/study/answer-fault';
import { nextRun } from '../../../../domain/simulation/study/plan';
import type { Run, RunResult } from '../../../../domain/simulation/study/run';
import { countsOf, historyOf, studyOf, TWELVE, VALIDATED } from '../../../fixtures/simulation/studies';

const [paths, validation] = [studyOf({ paths: 1_000 }), studyOf({}, { strategy: historyOf(TWELVE) })].map((study) =>
  nextRun(study, new Map()),
) as [Run, Run];
const counted = (change: Parameters<typeof countsOf>[0]): RunResult => ({ kind: 'paths', counts: countsOf(change) });
const validated = (change: object): RunResult => ({ kind: 'validation', validation: { ...VALIDATED, ...change } });

test.each`
  run           | result                      | fault
  ${paths}      | ${counted({})}              | ${undefined}
  ${paths}      | ${counted({ of: 1_001 })}   | ${'has 1001 paths where 1000 were asked for'}
  ${paths}      | ${counted({ fan: [] })}     | ${'has 0 days where 5 were asked for'}
  ${paths}      | ${validated({})}            | ${'is of kind validation'}
  ${validation} | ${validated({})}            | ${undefined}
  ${validation} | ${validated({ trades: 9 })} | ${'is of 9 trades and 1 trials'}
  ${validation} | ${validated({ trials: 2 })} | ${'is of 12 trades and 2 trials'}
  ${validation} | ${counted({})}              | ${'is of kind paths'}
`('an answer that $fault', ({ run, result, fault }) => {
  expect(answerFault(run, result)).toBe(fault);
});
