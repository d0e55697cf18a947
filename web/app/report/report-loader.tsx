'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import type { Assessment } from '../../lib/contract';
import { AssessmentProblem, NoAssessment } from '../../parts/assessment-missing';
import { Waiting } from '../../parts/waiting';
import { type Loaded, useReply } from '../../session/use-reply';
import { Report } from './report';

const ASK_EVERY_MS = 2_000;

export function ReportLoader() {
  const assessmentId = useSearchParams().get('assessment') ?? '';
  const given = useMemo(() => ({ params: { assessmentId } }), [assessmentId]);
  const { reply, reload } = useReply('GET /assessments/{assessmentId}', assessmentId === '' ? undefined : given);
  const isWritten = isDone(reply);
  useEffect(() => {
    if (isWritten) return;
    const timer = setInterval(reload, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWritten, reload]);
  if (assessmentId === '') return <NoAssessment title="Choose an assessment to see its report" />;
  if (reply.state === 'loading') return <Waiting text="Loading the report…" />;
  if (reply.state === 'problem') return <AssessmentProblem problem={reply.problem} />;
  return <Report assessment={reply.value} />;
}

/** An assessment that has ended gets its documents moments later; until then it is asked for again. */
const isDone = (reply: Loaded<Assessment>): boolean =>
  reply.state !== 'ok' || reply.value.status === 'active' || reply.value.reportId !== null;
