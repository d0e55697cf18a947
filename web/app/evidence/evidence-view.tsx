'use client';

import Link from 'next/link';
import type { Assessment } from '../../lib/contract';
import { dateTime } from '../../lib/display';
import { type Evidence, verdictSentence } from '../../lib/evidence';
import { Notice, ProblemNotice } from '../../parts/notice';
import { StatusBadge } from '../../parts/status-badge';
import { useEvidence } from '../../parts/use-evidence';
import { Waiting } from '../../parts/waiting';
import { Arithmetic } from './arithmetic';
import { GateTable, RoomTable } from './judgement-tables';
import { PricePath } from './price-path';
import { QuoteTable } from './quote-table';
import { SelfCheck } from './self-check';
import { TradeList } from './trade-list';

/** What a verdict was decided from, so that the trader can follow it and check that nothing was changed since. */
export function EvidenceView({ assessment }: { readonly assessment: Assessment }) {
  const { assessmentId, tierName, status } = assessment;
  const isOver = status !== 'active';
  const { reply, evidence, computed, check } = useEvidence(isOver ? assessmentId : undefined);
  const isWaiting = isOver && reply.state !== 'problem' && check === 'checking';
  return (
    <div className="page report evidence-page">
      <header className="report-head">
        <h1>Evidence: {tierName}</h1>
        <StatusBadge status={status} />
        {isOver ? (
          <Link href={`/report/?assessment=${assessmentId}`}>See the report</Link>
        ) : (
          <Link href={`/desk/?assessment=${assessmentId}`}>Open the desk</Link>
        )}
      </header>
      {!isOver && <Notice tone="info" title="There is no verdict yet; its evidence is kept when there is one" />}
      {isWaiting && <Waiting text="Loading the evidence…" />}
      {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
      {evidence && <Decided evidence={evidence} assessmentId={assessmentId} />}
      {reply.state === 'ok' && !isWaiting && (
        <SelfCheck stored={reply.value} computed={computed} check={check} name={`evidence-${assessmentId}.json`} />
      )}
    </div>
  );
}

function Decided({ evidence, assessmentId }: { readonly evidence: Evidence; readonly assessmentId: string }) {
  const { judgement, at, accountVersion, ruleSetVersion, ruleSetHash } = evidence;
  return (
    <>
      <section className={`card report-verdict report-${judgement.verdict}`} aria-label="Verdict">
        <p className="report-sentence">{verdictSentence(evidence)}</p>
        <p className="fine">
          Decided on {dateTime(at)} from version {accountVersion} of the account, by version {ruleSetVersion} of the
          rules, pinned as <code>{ruleSetHash}</code>.
        </p>
      </section>
      <Arithmetic lines={evidence.arithmetic} />
      <section aria-labelledby="judged">
        <h2 id="judged">All rules at that moment</h2>
        <div className="card evidence">
          <RoomTable evidence={evidence} />
          {judgement.gates.length > 0 && <GateTable gates={judgement.gates} />}
        </div>
      </section>
      {evidence.quotes.length > 0 && <QuoteTable evidence={evidence} />}
      <TradeList assessmentId={assessmentId} evidence={evidence} />
      <PricePath assessmentId={assessmentId} />
    </>
  );
}
