'use client';

import { useState } from 'react';
import type { Problem } from '../../../contracts/http/problem';
import type { Answer } from '../../lib/answer';
import type { Assessment } from '../../lib/contract';
import { ProblemNotice } from '../../parts/notice';
import { useApi } from '../../session/session-context';
import { saveFile } from './save-file';

/** Documents need the access token, so they are fetched and then handed to the browser. */
export function Downloads({ assessment }: { readonly assessment: Assessment }) {
  const api = useApi();
  const { busy, problem, save } = useSaving();
  const { status, reportId, violationId } = assessment;
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
      {violationId && (
        <button
          type="button"
          className="button"
          aria-disabled={busy !== undefined}
          onClick={() => {
            const params = { violationId };
            save(`evidence-${violationId}.json`, () => api.call('GET /violations/{violationId}/evidence', { params }));
          }}
        >
          Evidence as JSON
        </button>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}

function useSaving() {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const save = (filename: string, get: () => Promise<Answer<Blob>>) => {
    if (busy !== undefined) return;
    setBusy(filename);
    void get().then((answer) => {
      setBusy(undefined);
      setProblem(answer.ok ? undefined : answer.problem);
      if (answer.ok) saveFile(answer.value, filename);
    });
  };
  return { busy, problem, save };
}
