'use client';

import { useMemo } from 'react';
import type { Assessment, EquityPoint, Trade } from '../lib/contract';
import { equityHistory } from '../lib/equity-history';
import { EquityChart } from '../parts/equity-chart';
import { useReply } from '../session/use-reply';
import { useEquityTrail } from './use-equity-trail';

type EquityPanelProps = {
  readonly assessment: Assessment;
  /** Fills from before this page was opened. */
  readonly trades: readonly Trade[];
  /** Where the maximum drawdown breaks now. */
  readonly floorUsd: string | undefined;
  readonly equityUsd: string | undefined;
  readonly balanceUsd: string;
};

/** The recorded curve with what this page has seen since. */
export function EquityPanel({ assessment, trades, floorUsd, equityUsd, balanceUsd }: EquityPanelProps) {
  const { accountId, rules } = assessment;
  const given = useMemo(() => ({ params: { accountId } }), [accountId]);
  const { reply } = useReply('GET /accounts/{accountId}/equity', given);
  const trail = useEquityTrail(equityUsd, balanceUsd);
  const recorded = reply.state === 'ok' ? reply.value.points : NONE;
  const history = useMemo(() => equityHistory(assessment, trades, recorded), [assessment, trades, recorded]);
  const points = useMemo(() => [...history, ...trail], [history, trail]);
  return (
    <section className="panel" aria-label="Equity">
      <h2>Equity</h2>
      <EquityChart points={points} rules={rules} floorUsd={floorUsd} />
    </section>
  );
}

const NONE: readonly EquityPoint[] = [];
