'use client';

import Link from 'next/link';
import type { Preview } from '../lib/contract';
import { sizeChange } from '../lib/odds/chances';
import { progressOf } from '../lib/odds/progress';
import { refusalText } from '../lib/odds/refusals';
import { riskNote, ticketRisk } from '../lib/odds/ticket-risk';
import { FAILURES } from '../lib/odds/words';
import type { Ticket } from '../lib/ticket-draft';
import { type TicketOdds as Known, useTicketOdds } from './use-ticket-odds';

type TicketOddsProps = {
  readonly assessmentId: string;
  readonly ticket: Ticket | undefined;
  /** What the platform foresees of this very ticket; undefined while it does not know. */
  readonly preview: Preview | undefined;
};

/** On demand: what the size of this order would do to the odds, if every trade had it. */
export function TicketOdds({ assessmentId, ticket, preview }: TicketOddsProps) {
  const { odds, ask } = useTicketOdds(assessmentId, JSON.stringify(ticket ?? null));
  return (
    <div className="ticket-odds">
      <button
        type="button"
        className="button button-small"
        aria-disabled={odds.kind === 'asking'}
        onClick={() => ask(ticketRisk(ticket, preview))}
      >
        Odds at this size
      </button>
      <div aria-live="polite">
        <Told odds={odds} assessmentId={assessmentId} />
      </div>
    </div>
  );
}

function Told({ odds, assessmentId }: { readonly odds: Known; readonly assessmentId: string }) {
  switch (odds.kind) {
    case 'none':
      return null;
    case 'missing':
      return <p className="fine">{odds.why}</p>;
    case 'asking':
      return (
        <p className="fine">Playing it through… {odds.study ? `${Math.floor(progressOf(odds.study) / 10)} %` : ''}</p>
      );
    case 'refused': {
      const { problem } = odds;
      const rules = problem.errors?.map(({ rule }) => rule).join('; ');
      return (
        <p className="fine">
          {problem.title}. {refusalText(problem) ?? (rules && `It ${rules}.`)}
        </p>
      );
    }
    case 'known':
      return <Change odds={odds} assessmentId={assessmentId} />;
  }
}

type ChangeProps = { readonly odds: Extract<Known, { kind: 'known' }>; readonly assessmentId: string };

function Change({ odds: { study, riskUsd }, assessmentId }: ChangeProps) {
  const change = study.odds && sizeChange(study.odds.sizes);
  if (study.status !== 'completed' || !change) {
    return <p className="fine">{FAILURES[study.failure ?? 'internal_error']}</p>;
  }
  return (
    <>
      <p title={change.title} className={change.tone}>
        {change.sentence}
      </p>
      <p className="fine">
        {riskNote(riskUsd)} <Link href={`/odds/?assessment=${assessmentId}&study=${study.studyId}`}>See the odds</Link>
      </p>
    </>
  );
}
