'use client';

import { useEffect, useMemo, useState } from 'react';
import type { StoredFile } from '../lib/contract';
import { type Evidence, readEvidence } from '../lib/evidence';
import { type Check, compare, sha256Of } from '../lib/fingerprint';
import { type Loaded, useReply } from '../session/use-reply';

export type Checked = {
  readonly evidence: Evidence | undefined;
  /** Over the bytes as they came, computed here. */
  readonly computed: string | undefined;
  readonly check: Check;
};

const NOT_YET: Checked = { evidence: undefined, computed: undefined, check: 'checking' };

/** Reads the evidence of a verdict and takes the SHA-256 of its bytes; nothing while the assessment runs. */
export function useEvidence(assessmentId: string | undefined): Checked & { readonly reply: Loaded<StoredFile> } {
  const given = useMemo(() => assessmentId && { params: { assessmentId } }, [assessmentId]);
  const { reply } = useReply('GET /assessments/{assessmentId}/evidence', given || undefined);
  const stored = reply.state === 'ok' ? reply.value : undefined;
  const [checked, setChecked] = useState<Checked>(NOT_YET);
  useEffect(() => {
    let isGone = false;
    const read = async ({ file, sha256 }: StoredFile) => {
      const bytes = await file.arrayBuffer();
      // Absent without TLS, whatever the types say.
      const computed = await sha256Of(bytes, window.crypto?.subtle as SubtleCrypto | undefined);
      const evidence = readEvidence(new TextDecoder().decode(bytes));
      if (!isGone) setChecked({ evidence, computed, check: compare(computed, sha256) });
    };
    if (stored) void read(stored);
    return () => {
      isGone = true;
    };
  }, [stored]);
  return { ...checked, reply };
}
