'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { Problem } from '../../../contracts/http/problem';
import type { Answer } from '../../lib/answer';
import type { Assessment, StoredFile } from '../../lib/contract';
import { ProblemNotice } from '../../parts/notice';
import { saveFile } from '../../parts/save-file';
import { useApi } from '../../session/session-context';

/** Documents need the access token, so they are fetched and then handed to the browser. */
export function Downloads({ assessment }: { readonly assessment: Assessment }) {
  const api = useApi();
  const { busy, problem, save } = useSaving();
  const { assessmentId, status, reportId } = assessment;
  if (status === 'active') return null;
  return (
    <section className="downloads" aria-label="Documents">
      {reportId === null ? (
        <p role="status" className="muted">
          The report is being written…
        </p>
      ) : (
        (['pdf', 'html'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className={format === 'pdf' ? 'button button-main' : 'button'}
            aria-disabled={busy !== undefined}
            onClick={() => {
              const params = { reportId, format };
              save(`report-${reportId}.${format}`, () => api.call('GET /reports/{reportId}/{format}', { params }));
            }}
          >
            {busy === `report-${reportId}.${format}` ? 'Preparing…' : `Report as ${format.toUpperCase()}`}
          </button>
        ))
      )}
      <Link className="button" href={`/evidence/?assessment=${assessmentId}`}>
        Check the evidence
      </Link>
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}

function useSaving() {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const save = (filename: string, get: () => Promise<Answer<StoredFile>>) => {
    if (busy !== undefined) return;
    setBusy(filename);
    void get().then((answer) => {
      setBusy(undefined);
      setProblem(answer.ok ? undefined : answer.problem);
      if (answer.ok) saveFile(answer.value.file, filename);
    });
  };
  return { busy, problem, save };
}
