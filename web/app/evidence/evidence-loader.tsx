'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { AssessmentProblem, NoAssessment } from '../../parts/assessment-missing';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';
import { EvidenceView } from './evidence-view';

export function EvidenceLoader() {
  const assessmentId = useSearchParams().get('assessment') ?? '';
  const given = useMemo(() => ({ params: { assessmentId } }), [assessmentId]);
  const { reply } = useReply('GET /assessments/{assessmentId}', assessmentId === '' ? undefined : given);
  if (assessmentId === '') return <NoAssessment title="Choose an assessment to see its evidence" />;
  if (reply.state === 'loading') return <Waiting text="Loading the evidence…" />;
  if (reply.state === 'problem') return <AssessmentProblem problem={reply.problem} />;
  return <EvidenceView assessment={reply.value} />;
}
