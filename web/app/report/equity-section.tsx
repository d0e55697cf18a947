'use client';

import { useMemo } from 'react';
import type { Assessment, EquityPoint, Trade } from '../../lib/contract';
import { equityHistory } from '../../lib/equity-history';
import type { Evidence } from '../../lib/evidence';
import { EquityChart } from '../../parts/equity-chart';
import { ProblemNotice } from '../../parts/notice';
import { Waiting } from '../../parts/waiting';
import type { Loaded } from '../../session/use-reply';
import { useReply } from '../../session/use-reply';

type EquitySectionProps = {
  readonly assessment: Assessment;
  readonly trades: Loaded<{ readonly trades: readonly Trade[] }>;
  /** Knows the equity at the verdict, where it is more than the balance tells, and the floor of that moment. */
  readonly evidence: Evidence | undefined;
};

/** The whole curve, from the first day to the verdict. */
export function EquitySection({ assessment, trades, evidence }: EquitySectionProps) {
  const { accountId, rules, endedAt, balanceUsd, account } = assessment;
  const finalUsd = evidence?.judgement.equityUsd;
  const rooms = evidence?.judgement.rooms ?? account.rooms;
  const floorUsd = rooms.find(({ rule }) => rule === 'max_drawdown')?.floorUsd ?? undefined;
  const given = useMemo(() => ({ params: { accountId } }), [accountId]);
  const { reply } = useReply('GET /accounts/{accountId}/equity', given);
  const points = useMemo(() => {
    if (reply.state !== 'ok' || trades.state !== 'ok') return undefined;
    const known = equityHistory(assessment, trades.value.trades, reply.value.points);
    const end: EquityPoint = { at: endedAt ?? 0, equityUsd: finalUsd ?? balanceUsd, balanceUsd };
    return endedAt === null ? known : [...known.filter(({ at }) => at <= endedAt), end];
  }, [assessment, trades, reply, endedAt, finalUsd, balanceUsd]);
  return (
    <section aria-labelledby="equity">
      <h2 id="equity">Equity</h2>
      <div className="card">
        {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
        {points ? (
          <EquityChart points={points} rules={rules} floorUsd={floorUsd} />
        ) : (
          <Waiting text="Loading the curve…" />
        )}
      </div>
    </section>
  );
}
