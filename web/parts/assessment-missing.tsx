import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Problem } from '../../contracts/http/problem';
import { isAbout } from '../lib/answer';
import { Notice, ProblemNotice } from './notice';

const ToAssessments = () => <Link href="/assessments/">To my assessments</Link>;

/** The address names no assessment. */
export const NoAssessment = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="page">
    <Notice tone="info" title={title}>
      {children}
      <ToAssessments />
    </Notice>
  </div>
);

/** The assessment of the address could not be read; one that is somebody else's does not exist for this reader. */
export const AssessmentProblem = ({ problem }: { readonly problem: Problem }) =>
  isNotTheirs(problem) ? (
    <NoAssessment title="No assessment of yours is at this address">
      <p>The address may be cut off, or it belongs to another account.</p>
    </NoAssessment>
  ) : (
    <div className="page">
      <ProblemNotice problem={problem}>
        <ToAssessments />
      </ProblemNotice>
    </div>
  );

const isNotTheirs = ({ status, errors }: Problem): boolean =>
  status === 404 || (errors?.some(({ field }) => isAbout(field, 'assessmentId')) ?? false);
