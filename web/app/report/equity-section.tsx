'use client';

import { useMemo } from 'react';
import type { Assessment, EquityPoint, Trade } from '../../lib/contract';
import { equityHistory } from '../../lib/equity-history';
import { EquityChart } from '../../parts/equity-chart';
import { ProblemNotice } from '../../parts/notice';
import { Waiting } from '../../parts/waiting';
import type { Loaded } from '../../session/use-reply';
import { useReply } from '../../session/use-reply';

type EquitySectionProps = {
  readonly assessment: Assessment;
  readonly trades: Loaded<{ readonly trades: readonly Trade[] }>;
  /** Equity at the verdict where it is more than the balance tells. */
  readonly finalUsd: string | undefined;
};

/** The whole curve, from the first day to the verdict. */
export function EquitySection({ assessment, trades, finalUsd }: EquitySectionProps) {
  const { accountId, rules, endedAt, balanceUsd } = assessment;
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
        {points ? <EquityChart points={points} rules={rules} /> : <Waiting text="Loading the curve…" />}
      </div>
    </section>
  );
}
