'use client';

import { useEffect, useMemo, useState } from 'react';
import { type Loaded, useReply } from '../../session/use-reply';
import { type Evidence, readEvidence } from './evidence';

/** Reads a violation's evidence; undefined where there is no violation, or its format is not known to this page. */
export function useEvidence(violationId: string | null): {
  readonly reply: Loaded<Blob>;
  readonly evidence: Evidence | undefined;
} {
  const given = useMemo(() => (violationId === null ? undefined : { params: { violationId } }), [violationId]);
  const { reply } = useReply('GET /violations/{violationId}/evidence', given);
  const file = reply.state === 'ok' ? reply.value : undefined;
  const [evidence, setEvidence] = useState<Evidence>();
  useEffect(() => {
    let isGone = false;
    void file?.text().then((text) => {
      if (!isGone) setEvidence(readEvidence(text));
    });
    return () => {
      isGone = true;
    };
  }, [file]);
  return { reply, evidence };
}
