'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { Assessment } from '../../lib/contract';
import { readUsd } from '../../lib/decimal';
import { change, dateTime, dollars, percent, roundDollarsText, toneOf } from '../../lib/display';
import { RULE_NAMES } from '../../lib/rules';
import { RuleList } from '../../parts/rule-list';
import { StatusBadge } from '../../parts/status-badge';
import { useReply } from '../../session/use-reply';
import { Downloads } from './downloads';
import { EquitySection } from './equity-section';
import { EvidenceSummary } from './evidence-summary';
import { TradeTable } from './trade-table';
import { useEvidence } from './use-evidence';

export function Report({ assessment }: { readonly assessment: Assessment }) {
  const { tierName, status, rules, accountId, violationId } = assessment;
  const given = useMemo(() => ({ params: { accountId } }), [accountId]);
  const trades = useReply('GET /accounts/{accountId}/trades', given).reply;
  const { reply, evidence } = useEvidence(violationId);
  return (
    <div className="page report">
      <header className="report-head">
        <h1>{tierName}</h1>
        <StatusBadge status={status} />
        {status === 'active' && <Link href={`/desk/?assessment=${assessment.assessmentId}`}>Open the desk</Link>}
      </header>
      <Verdict assessment={assessment} />
      <Downloads assessment={assessment} />
      <EquitySection assessment={assessment} trades={trades} finalUsd={evidence?.judgement.equityUsd} />
      {violationId && (
        <EvidenceSummary evidence={evidence} problem={reply.state === 'problem' ? reply.problem : undefined} />
      )}
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

function Verdict({ assessment }: { readonly assessment: Assessment }) {
  const { status, breach, startingUsd, balanceUsd, createdAt, endedAt, account, rules } = assessment;
  const result = readUsd(balanceUsd) - readUsd(startingUsd);
  const sentence = {
    active: 'The assessment is running; this is how it stands.',
    passed: 'Passed: the target was reached with every position closed, and every rule was kept.',
    failed: `Failed: ${breach ? RULE_NAMES[breach].toLowerCase() : 'a rule'} was broken.`,
  }[status];
  return (
    <section className={`card report-verdict report-${status}`} aria-label="Verdict">
      <p className="report-sentence">{sentence}</p>
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
          <dd>
            {account.tradesClosed} <span className="muted">of {rules.tradesMin}</span>
          </dd>
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
