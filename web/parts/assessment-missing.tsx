import Link from 'next/link';
import type { Problem } from '../../contracts/http/problem';
import { Notice, ProblemNotice } from './notice';

const ToAssessments = () => <Link href="/assessments/">To my assessments</Link>;

/** The address names no assessment. */
export const NoAssessment = ({ title }: { readonly title: string }) => (
  <div className="page">
    <Notice tone="info" title={title}>
      <ToAssessments />
    </Notice>
  </div>
);

/** The assessment of the address could not be read. */
export const AssessmentProblem = ({ problem }: { readonly problem: Problem }) => (
  <div className="page">
    <ProblemNotice problem={problem}>
      <ToAssessments />
    </ProblemNotice>
  </div>
);
