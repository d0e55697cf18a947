'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Study } from '../lib/contract';
import { hasEnded, progressOf } from '../lib/odds/progress';
import { refusalText } from '../lib/odds/refusals';
import { askedText, FAILURES, STATUSES } from '../lib/odds/words';
import { Notice, ProblemNotice } from '../parts/notice';
import { Waiting } from '../parts/waiting';
import { type Again, OddsView } from './odds-view';
import { useStudy } from './use-study';

type StudyViewProps = {
  readonly studyId: string;
  /** Whether the reader has just asked for it: the keyboard goes there. */
  readonly isNew: boolean;
  readonly floorUsdOf: (study: Study) => string | undefined;
  /** How its seed is used once more; undefined where that cannot be asked. */
  readonly againOf: (study: Study) => Again | undefined;
  /** Told whenever its status is another than before. */
  readonly onStatus: (status: Study['status']) => void;
};

/** One study, whatever has become of it. */
export function StudyView({ studyId, isNew, floorUsdOf, againOf, onStatus }: StudyViewProps) {
  const { study, problem, cancel, isCancelling } = useStudy(studyId);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const isThere = study !== undefined;
  const status = study?.status;
  useEffect(() => {
    if (isThere && isNew) heading.current?.focus();
  }, [isThere, isNew]);
  useEffect(() => {
    if (status) onStatus(status);
  }, [status, onStatus]);
  if (!study) {
    if (!problem) return <Waiting text="Loading the study…" />;
    return (
      <ProblemNotice problem={problem}>
        <p>{refusalText(problem)}</p>
      </ProblemNotice>
    );
  }
  return (
    <section className="odds-study" aria-labelledby={id}>
      <header>
        <h2 ref={heading} id={id} tabIndex={-1}>
          {study.tierName}
        </h2>
        <p className="muted">Asked {askedText(study)}</p>
      </header>
      {problem && <ProblemNotice problem={problem} />}
      {!hasEnded(study) && <Progress study={study} isCancelling={isCancelling} onCancel={cancel} />}
      <div aria-live="polite">
        <Ended study={study} />
      </div>
      {study.status === 'completed' && study.odds && (
        <OddsView study={study} odds={study.odds} floorUsd={floorUsdOf(study)} again={againOf(study)} />
      )}
    </section>
  );
}

/** How a study ended, as far as its figures do not say it. */
function Ended({ study: { status, failure, studyId } }: { readonly study: Study }): ReactNode {
  if (status === 'completed') return <p className="hidden">The odds are here.</p>;
  if (status === 'cancelled') {
    return (
      <Notice tone="info" title="Cancelled">
        <p>Nothing was kept of it. You may ask again at any time.</p>
      </Notice>
    );
  }
  if (status !== 'failed') return null;
  return (
    <Notice tone="warn" title="This study ended without odds">
      <p>{FAILURES[failure ?? 'internal_error']}</p>
      <p className="fine">
        Study <code>{studyId}</code>
      </p>
    </Notice>
  );
}

type ProgressProps = { readonly study: Study; readonly isCancelling: boolean; readonly onCancel: () => void };

function Progress({ study, isCancelling, onCancel }: ProgressProps) {
  const { status } = study;
  const permille = progressOf(study);
  return (
    <div className="card odds-progress">
      <p>
        <strong>{STATUSES[status]}</strong>
        {status === 'running' && <span className="muted"> {Math.floor(permille / 10)} %</span>}
      </p>
      <div
        className="gauge-bar"
        role="progressbar"
        aria-label="Progress of the study"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(permille / 10)}
      >
        <span style={{ width: `${permille / 10}%` }} />
      </div>
      <button type="button" className="button button-small" aria-disabled={isCancelling} onClick={onCancel}>
        {isCancelling ? 'Cancelling…' : 'Cancel'}
      </button>
    </div>
  );
}
