import type { Problem } from '../../contracts/http/problem';
import { ProblemNotice } from './notice';

type FormProblemProps = { readonly problem: Problem | undefined; readonly fields: readonly string[] };

/** The problem of a form; what belongs to one of its fields is said there and left out here. */
export function FormProblem({ problem, fields }: FormProblemProps) {
  if (!problem) return null;
  const errors = problem.errors?.filter(({ field }) => !fields.includes(field));
  const { errors: _, ...bare } = problem;
  return <ProblemNotice problem={errors && errors.length > 0 ? { ...bare, errors } : bare} />;
}
