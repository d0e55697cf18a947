'use client';

import Link from 'next/link';
import type { Summary } from '../../lib/contract';
import { change, date, dollars, roundDollarsText, toneOf } from '../../lib/display';
import { HOLDS } from '../../lib/holds';
import { placeText } from '../../lib/programs';
import { readUsd } from '../../lib/read-decimal';
import { RULE_NAMES } from '../../lib/rules';
import { ProblemNotice } from '../../parts/notice';
import { StatusBadge } from '../../parts/status-badge';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';
import { PayoutPanel } from './payout-panel';
import { StartAgain } from './start-again';

const NOTHING = {};

export function AssessmentList() {
  const { reply, reload } = useReply('GET /assessments', NOTHING);
  if (reply.state === 'loading') return <Waiting text="Loading your assessments…" />;
  if (reply.state === 'problem') return <ProblemNotice problem={reply.problem} />;
  const { assessments } = reply.value;
  if (assessments.length === 0) return <NoneYet />;
  return (
    <ul className="assessment-list">
      {assessments.map((assessment) => (
        <AssessmentRow key={assessment.assessmentId} assessment={assessment} onTaken={reload} />
      ))}
    </ul>
  );
}

const NoneYet = () => (
  <div className="card empty">
    <h2>No assessment yet</h2>
    <p className="muted">Pick a tier; the account is open seconds after the payment.</p>
    <Link className="button button-main" href="/tiers/">
      See the tiers
    </Link>
  </div>
);

type AssessmentRowProps = { readonly assessment: Summary; readonly onTaken: () => void };

function AssessmentRow({ assessment, onTaken }: AssessmentRowProps) {
  const { assessmentId, tierName, status, hold, startingUsd, capitalUsd, balanceUsd, breach } = assessment;
  const result = readUsd(balanceUsd) - readUsd(capitalUsd);
  return (
    <li className="card assessment-row">
      <div className="assessment-what">
        <h2>{tierName}</h2>
        {placeText(assessment) !== '' && <p className="muted">{placeText(assessment)}</p>}
        <p>
          <StatusBadge status={status} />
        </p>
        {hold && <p className="muted">{HOLDS[hold].title}: no new risk</p>}
        {breach && <p className="muted">{RULE_NAMES[breach]} broken</p>}
      </div>
      <dl className="facts">
        <div>
          <dt>Started with</dt>
          <dd>{roundDollarsText(startingUsd)}</dd>
        </div>
        {capitalUsd !== startingUsd && (
          <div>
            <dt>Grown to</dt>
            <dd>{roundDollarsText(capitalUsd)}</dd>
          </div>
        )}
        <div>
          <dt>Balance</dt>
          <dd>{dollars(readUsd(balanceUsd))}</dd>
        </div>
        <div>
          <dt>Closed profit</dt>
          <dd className={toneOf(result)}>{change(result)}</dd>
        </div>
        <div>
          <dt>{assessment.endedAt === null ? 'Opened' : 'Ended'}</dt>
          <dd>{date(assessment.endedAt ?? assessment.createdAt)}</dd>
        </div>
      </dl>
      <div className="assessment-links">
        {status === 'active' ? (
          <>
            <Link className="button button-main" href={`/desk/?assessment=${assessmentId}`}>
              Open desk<span className="hidden"> of {tierName}</span>
            </Link>
            <Link className="button" href={`/odds/?assessment=${assessmentId}`}>
              Odds<span className="hidden"> of {tierName}</span>
            </Link>
          </>
        ) : (
          <>
            <Link className="button button-main" href={`/report/?assessment=${assessmentId}`}>
              See report<span className="hidden"> of {tierName}</span>
            </Link>
            <Link className="button" href={`/evidence/?assessment=${assessmentId}`}>
              Evidence<span className="hidden"> of {tierName}</span>
            </Link>
            <StartAgain assessment={assessment} />
          </>
        )}
      </div>
      {assessment.paysOut && status === 'active' && (
        <PayoutPanel assessmentId={assessmentId} tierName={tierName} onTaken={onTaken} />
      )}
    </li>
  );
}
