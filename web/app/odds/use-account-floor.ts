'use client';

import { useMemo } from 'react';
import { accountFloor } from '../../lib/odds/floor';
import { useReply } from '../../session/use-reply';

/** Where the maximum loss of an assessment breaks now; undefined until it is known. */
export function useAccountFloor(assessmentId: string | undefined): string | undefined {
  const given = useMemo(() => (assessmentId === undefined ? undefined : { params: { assessmentId } }), [assessmentId]);
  const { reply } = useReply('GET /assessments/{assessmentId}', given);
  return reply.state === 'ok' && reply.value.assessmentId === assessmentId ? accountFloor(reply.value) : undefined;
}
