'use client';

import { useEffect, useMemo } from 'react';
import { askedText, listedText } from '../../lib/odds/words';
import { ProblemNotice } from '../../parts/notice';
import { useReply } from '../../session/use-reply';

type EarlierStudiesProps = {
  /** Undefined: of everything. */
  readonly assessmentId: string | undefined;
  readonly shown: string | undefined;
  /** Another text: there may be something new. */
  readonly changes: string;
  readonly onShow: (studyId: string) => void;
};

const SHOWN = 12;

/** What was asked before, newest first. */
export function EarlierStudies({ assessmentId, shown, changes, onShow }: EarlierStudiesProps) {
  const given = useMemo(
    () => ({ query: { limit: String(SHOWN), ...(assessmentId !== undefined && { assessmentId }) } }),
    [assessmentId],
  );
  const { reply, reload } = useReply('GET /studies', given);
  // A change is what asks for the list again.
  useEffect(() => reload(), [changes, reload]);
  return (
    <section className="card odds-earlier" aria-label="Asked before">
      <h2>Asked before</h2>
      {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
      {reply.state === 'loading' && <p className="muted">Loading…</p>}
      {reply.state === 'ok' && reply.value.studies.length === 0 && (
        <p className="muted">Nothing yet{assessmentId === undefined ? '' : ' of this assessment'}.</p>
      )}
      <ul>
        {reply.state === 'ok' &&
          reply.value.studies.map((study) => (
            <li key={study.studyId}>
              <button
                type="button"
                className="market-row"
                aria-pressed={study.studyId === shown}
                onClick={() => onShow(study.studyId)}
              >
                <span>
                  {study.tierName}
                  <span className="cell-note">{askedText(study)}</span>
                </span>
                <span className="odds-listed">{listedText(study)}</span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}
