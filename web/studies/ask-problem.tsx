import type { Problem } from '../../contracts/http/problem';
import { isAbout } from '../lib/answer';
import { refusalText } from '../lib/odds/refusals';
import { FormProblem } from '../parts/form-problem';
import { Notice } from '../parts/notice';

type AskProblemProps = {
  readonly problem: Problem;
  /** What has a place of its own in the form; what is wrong with it is said there. */
  readonly fields: readonly string[];
};

/** Why a question was not taken, in a trader's words where the platform's are short. */
export function AskProblem({ problem, fields }: AskProblemProps) {
  const explained = refusalText(problem);
  if (explained === undefined) {
    const said = (problem.errors ?? []).map(({ field }) => field).filter((field) => isSaid(field, fields));
    return <FormProblem problem={problem} fields={said} />;
  }
  const rules = (problem.errors ?? []).filter(({ field }) => field !== 'studyId' && !isSaid(field, fields));
  return (
    <Notice tone="alert" title={problem.title}>
      <p>{explained}</p>
      {rules.map(({ field, rule }) => (
        <p key={field} className="fine">
          {field}: {rule}
        </p>
      ))}
    </Notice>
  );
}

const isSaid = (field: string, fields: readonly string[]): boolean => fields.some((one) => isAbout(field, one));
