'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { Desk } from '../../desk/desk';
import type { Assessment } from '../../lib/contract';
import { marketsOf } from '../../lib/outcomes';
import { AssessmentProblem, NoAssessment } from '../../parts/assessment-missing';
import { Notice, ProblemNotice } from '../../parts/notice';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';

/** Reads what the desk stands on: the assessment, what can be traded, and the fills so far. */
export function DeskLoader() {
  const assessmentId = useSearchParams().get('assessment') ?? '';
  const given = useMemo(() => ({ params: { assessmentId } }), [assessmentId]);
  const { reply } = useReply('GET /assessments/{assessmentId}', assessmentId === '' ? undefined : given);
  if (assessmentId === '') return <NoAssessment title="Choose an assessment to open its desk" />;
  if (reply.state === 'loading') return <Waiting text="Opening the desk…" />;
  if (reply.state === 'problem') return <AssessmentProblem problem={reply.problem} />;
  return <OpenDesk assessment={reply.value} />;
}

function OpenDesk({ assessment }: { readonly assessment: Assessment }) {
  const given = useMemo(() => ({ params: { accountId: assessment.accountId } }), [assessment.accountId]);
  const { primary } = assessment.rules.execution;
  const listing = useMemo(() => ({ query: { venue: primary } }), [primary]);
  const instruments = useReply('GET /instruments', listing).reply;
  const trades = useReply('GET /accounts/{accountId}/trades', given).reply;
  if (instruments.state === 'problem') return <ProblemNotice problem={instruments.problem} />;
  if (instruments.state === 'loading' || trades.state === 'loading') return <Waiting text="Opening the desk…" />;
  const listed = instruments.value.instruments;
  const [market] = marketsOf(listed);
  const first = market?.kind === 'prediction' ? (market.yes ?? market.no) : market?.instrument;
  if (!first) return <Notice tone="info" title="No market is listed yet; try again in a moment" />;
  return (
    <Desk
      assessment={assessment}
      instruments={listed}
      first={first}
      trades={trades.state === 'ok' ? trades.value.trades : []}
    />
  );
}
