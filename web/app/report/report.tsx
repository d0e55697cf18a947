'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { Assessment } from '../../lib/contract';
import { change, dateTime, dollars, percent, roundDollarsText, toneOf } from '../../lib/display';
import { type Evidence, verdictSentence } from '../../lib/evidence';
import { placeText } from '../../lib/programs';
import { readUsd } from '../../lib/read-decimal';
import { RULE_NAMES } from '../../lib/rules';
import { RuleList } from '../../parts/rule-list';
import { StatusBadge } from '../../parts/status-badge';
import { useEvidence } from '../../parts/use-evidence';
import { useSessionState } from '../../session/session-context';
import { useReply } from '../../session/use-reply';
import { Downloads } from './downloads';
import { EquitySection } from './equity-section';
import { TradeTable } from './trade-table';

export function Report({ assessment }: { readonly assessment: Assessment }) {
  const { assessmentId, tierName, status, rules, accountId } = assessment;
  const given = useMemo(() => ({ params: { accountId } }), [accountId]);
  const trades = useReply('GET /accounts/{accountId}/trades', given).reply;
  const { evidence } = useEvidence(status === 'active' ? undefined : assessmentId);
  const session = useSessionState();
  return (
    <div className="page report">
      <header className="report-head">
        <h1>{tierName}</h1>
        {placeText(assessment) !== '' && <p className="muted">{placeText(assessment)}</p>}
        <StatusBadge status={status} />
        {session.kind === 'signed-in' && (
          <p className="muted">
            Traded by <bdi>{session.user.displayName}</bdi>
          </p>
        )}
        {status === 'active' && <Link href={`/desk/?assessment=${assessmentId}`}>Open the desk</Link>}
      </header>
      <Verdict assessment={assessment} evidence={evidence} />
      <Downloads assessment={assessment} />
      <EquitySection assessment={assessment} trades={trades} evidence={evidence} />
      <section aria-labelledby="trades">
        <h2 id="trades">Trades</h2>
        <TradeTable reply={trades} />
      </section>
      <section aria-labelledby="rules">
        <h2 id="rules">Rules</h2>
        <div className="card">
          <RuleList rules={rules} />
          <p className="fine">
            Pinned at purchase: version {assessment.ruleSetVersion}, SHA-256 <code>{assessment.ruleSetHash}</code>
          </p>
        </div>
      </section>
    </div>
  );
}

type VerdictProps = { readonly assessment: Assessment; readonly evidence: Evidence | undefined };

/** The evidence knows the figures of the verdict; until it is here, and while there is none, the status says enough. */
function Verdict({ assessment, evidence }: VerdictProps) {
  const { status, breach, startingUsd, balanceUsd, createdAt, endedAt, account } = assessment;
  const result = readUsd(balanceUsd) - readUsd(startingUsd);
  const sentence = {
    active: 'The assessment is running; this is how it stands.',
    passed: 'Passed: everything that was asked for was reached, and every rule was kept.',
    failed: `Failed: ${breach ? RULE_NAMES[breach].toLowerCase() : 'a rule'} was broken.`,
  }[status];
  return (
    <section className={`card report-verdict report-${status}`} aria-label="Verdict">
      <p className="report-sentence">{evidence ? verdictSentence(evidence) : sentence}</p>
      <dl className="facts">
        <div>
          <dt>Started with</dt>
          <dd>{roundDollarsText(startingUsd)}</dd>
        </div>
        <div>
          <dt>Balance</dt>
          <dd>{dollars(readUsd(balanceUsd))}</dd>
        </div>
        <div>
          <dt>Closed profit</dt>
          <dd className={toneOf(result)}>
            {change(result)} <span className="muted">({percent(result, readUsd(startingUsd), 'always')})</span>
          </dd>
        </div>
        <div>
          <dt>Trades closed</dt>
          <dd>{account.tradesClosed}</dd>
        </div>
        <div>
          <dt>Opened</dt>
          <dd>{dateTime(createdAt)}</dd>
        </div>
        <div>
          <dt>Ended</dt>
          <dd>{endedAt === null ? '—' : dateTime(endedAt)}</dd>
        </div>
      </dl>
    </section>
  );
}
