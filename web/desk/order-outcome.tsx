import type { ReactNode } from 'react';
import type { Problem } from '../../contracts/http/problem';
import { isAbout } from '../lib/answer';
import type { Instrument } from '../lib/contract';
import { namingOf } from '../lib/naming';
import { placedText } from '../lib/placed-text';
import { Notice, ProblemNotice } from '../parts/notice';
import type { Outcome } from './use-orders';

type OrderOutcomeProps = {
  readonly outcome: Outcome;
  /** What the ticket is for: an outcome at another instrument is not told here. */
  readonly instrument: string;
  readonly instruments: readonly Instrument[];
  /** Rules that already stand at their field. */
  readonly shownAtField: readonly string[];
  /** Stands here until there is an outcome. */
  readonly children: ReactNode;
};

/** What became of the last order. Its place is always there, so that a result moves nothing and is announced. */
export function OrderOutcome({ outcome, instrument, instruments, shownAtField, children }: OrderOutcomeProps) {
  const command = outcome.kind === 'none' ? undefined : outcome.command;
  const isMine = command?.kind === 'place' && command.ticket.instrument === instrument;
  return (
    <div className="order-outcome" aria-live="polite">
      {!isMine && <p className="fine">{children}</p>}
      {isMine && outcome.kind === 'sending' && <p className="muted">Sending the order…</p>}
      {isMine && outcome.kind === 'done' && <Placed outcome={outcome} instruments={instruments} />}
      {isMine && outcome.kind === 'refused' && (
        <Refused problem={outcome.problem} shownAtField={shownAtField}>
          {outcome.problem.status === 0 && (
            <p>It is not known whether the order arrived. Pressing again sends the same order.</p>
          )}
        </Refused>
      )}
    </div>
  );
}

type PlacedProps = {
  readonly outcome: Extract<Outcome, { kind: 'done' }>;
  readonly instruments: readonly Instrument[];
};

function Placed({ outcome: { command, done }, instruments }: PlacedProps) {
  const [placed] = done.orders;
  if (command.kind !== 'place' || !placed) return null;
  const { tone, title, notes } = placedText(command.ticket, placed, namingOf(instruments));
  return (
    <Notice tone={tone} title={title}>
      {notes.map((note) => (
        <p key={note} className="fine">
          {note}
        </p>
      ))}
    </Notice>
  );
}

type RefusedProps = {
  readonly problem: Problem;
  readonly shownAtField: readonly string[];
  readonly children?: ReactNode;
};

export function Refused({ problem, shownAtField, children }: RefusedProps) {
  const isShown = (field: string) => shownAtField.some((shown) => isAbout(field, shown));
  const errors = problem.errors?.filter(({ field }) => !isShown(field)) ?? [];
  return <ProblemNotice problem={{ ...problem, errors }}>{children}</ProblemNotice>;
}
