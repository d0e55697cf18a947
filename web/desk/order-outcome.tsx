import type { ReactNode } from 'react';
import type { Instrument } from '../lib/contract';
import { dollarsText } from '../lib/display';
import { fillText } from '../lib/events';
import { namingOf } from '../lib/naming';
import { Notice, ProblemNotice } from '../parts/notice';
import type { Outcome } from './use-orders';

type OrderOutcomeProps = {
  readonly outcome: Outcome;
  readonly instruments: readonly Instrument[];
  /** Rules that already stand at their field. */
  readonly shownAtField: readonly string[];
  /** Stands here until there is an outcome. */
  readonly children: ReactNode;
};

/** What became of the last order. Its place is always there, so that a result moves nothing and is announced. */
export function OrderOutcome({ outcome, instruments, shownAtField, children }: OrderOutcomeProps) {
  return (
    <div className="order-outcome" aria-live="polite">
      {outcome.kind === 'none' && <p className="fine">{children}</p>}
      {outcome.kind === 'sending' && <p className="muted">Sending the order…</p>}
      {outcome.kind === 'filled' && (
        <Notice tone="good" title={fillText(outcome.placed, namingOf(instruments))}>
          <p className="fine">Fee {dollarsText(outcome.placed.feeUsd)}</p>
        </Notice>
      )}
      {outcome.kind === 'refused' && <Refused outcome={outcome} shownAtField={shownAtField} />}
    </div>
  );
}

type RefusedProps = {
  readonly outcome: Extract<Outcome, { kind: 'refused' }>;
  readonly shownAtField: readonly string[];
};

function Refused({ outcome: { problem }, shownAtField }: RefusedProps) {
  const errors = problem.errors?.filter(({ field }) => !shownAtField.includes(field)) ?? [];
  return (
    <ProblemNotice problem={{ ...problem, errors }}>
      {problem.status === 0 && <p>It is not known whether the order arrived. Pressing again sends the same order.</p>}
    </ProblemNotice>
  );
}
