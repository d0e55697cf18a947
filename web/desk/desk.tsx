'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { formatDecimal } from '../../domain/kernel/decimal';
import { USD_SCALE } from '../../domain/kernel/money';
import { chartLevels } from '../lib/chart-levels';
import type { Assessment, Instrument, Trade } from '../lib/contract';
import { namingOf } from '../lib/naming';
import { restingOrders } from '../lib/order-text';
import { placeText } from '../lib/programs';
import { floorOf, standingOf } from '../lib/standing';
import { StatusBadge } from '../parts/status-badge';
import { AskDialog } from './ask-dialog';
import { ConnectionState } from './connection-state';
import { DeskNotices } from './desk-notices';
import { DoubtNotices } from './doubt-notices';
import { EquityPanel } from './equity-panel';
import { EventFeed } from './event-feed';
import { MarketList } from './market-list';
import { OrderBook } from './order-book';
import { OrderTicket } from './order-ticket';
import { OrdersPanel } from './orders-panel';
import { PositionsPanel } from './positions-panel';
import { PriceChart } from './price-chart';
import { ProgressStrip } from './progress-strip';
import { RiskWindowStrip } from './risk-window-strip';
import { StandingStrip } from './standing-strip';
import { UnpricedNotices } from './unpriced-notices';
import { useAsking } from './use-asking';
import { useLive } from './use-live';
import { useMarket } from './use-market';
import { useOrders } from './use-orders';
import { useEveryQuote } from './use-quote';
import { useRiskWindows } from './use-risk-windows';
import { VenueNotices } from './venue-notices';
import { VenuePanel } from './venue-panel';
import { VerdictBanner } from './verdict-banner';

type DeskProps = {
  readonly assessment: Assessment;
  readonly instruments: readonly Instrument[];
  readonly first: Instrument;
  readonly trades: readonly Trade[];
};

export function Desk({ assessment, instruments: listed, first, trades }: DeskProps) {
  const { board, view, status, instruments } = useLive(assessment, listed);
  const { instrument, select } = useMarket(instruments, first);
  const tickOf = useMemo(() => {
    const naming = namingOf(instruments);
    return (id: string) => naming(id).tick;
  }, [instruments]);
  const { orders, ...asking } = useAsking(assessment.accountId, useOrders(assessment.accountId), tickOf);
  const refused = orders.outcome.kind === 'refused' ? orders.outcome.problem.correlationId : '';
  const known = useRiskWindows(assessment.accountId, refused);
  const { clock } = known;
  useEveryQuote(board);
  const { rules } = assessment;
  const { primary } = rules.execution;
  const snapshot = view.snapshot ?? assessment.account;
  const standing = standingOf({ ...view, snapshot }, rules, board.get);
  const isClosed = snapshot.status !== 'active';
  const held = snapshot.positions.find((position) => position.instrument === instrument.id);
  return (
    <div className="desk">
      <header className="desk-head">
        <h1>{assessment.tierName}</h1>
        {placeText(assessment) !== '' && <p className="muted">{placeText(assessment)}</p>}
        <StatusBadge status={snapshot.status} />
        {!isClosed && <Link href={`/odds/?assessment=${assessment.assessmentId}`}>Odds</Link>}
        <ConnectionState status={status} instruments={instruments} board={board} />
      </header>
      <AskDialog {...asking} instruments={instruments} rules={rules} />
      <VerdictBanner view={view} assessment={assessment} />
      <DeskNotices snapshot={snapshot} rules={rules} standing={standing} />
      {!isClosed && <UnpricedNotices mark={view.mark} instruments={instruments} />}
      <DoubtNotices instruments={instruments} selected={instrument} positions={snapshot.positions} board={board} />
      <VenueNotices
        instruments={instruments}
        selected={instrument}
        positions={snapshot.positions}
        board={board}
        primary={primary}
      />
      {/* Opened after the verdict, only the report knows what the account was worth. */}
      {(!isClosed || view.finalUsd !== undefined) && (
        <StandingStrip snapshot={snapshot} rules={rules} standing={standing} clock={clock} />
      )}
      {!isClosed && <ProgressStrip mark={view.mark} rules={rules} clock={clock} />}
      {!isClosed && <RiskWindowStrip known={known} rules={rules} instruments={instruments} />}
      <div className="desk-grid">
        <MarketList instruments={instruments} board={board} selected={instrument} onSelect={select} />
        <div className="desk-main">
          <PriceChart instrument={instrument} board={board} levels={chartLevels(instrument.id, snapshot)} />
          <PositionsPanel
            positions={snapshot.positions}
            instruments={instruments}
            board={board}
            orders={orders}
            isClosed={isClosed}
            mark={view.mark}
          />
          <OrdersPanel
            accountId={assessment.accountId}
            working={restingOrders(snapshot)}
            instruments={instruments}
            orders={orders}
            clock={clock}
            isClosed={isClosed}
          />
          <EquityPanel
            assessment={assessment}
            trades={trades}
            floorUsd={floorOf(standing)}
            equityUsd={standing.equityUsd === undefined ? undefined : formatDecimal(standing.equityUsd, USD_SCALE)}
            balanceUsd={formatDecimal(standing.balanceUsd, USD_SCALE)}
          />
        </div>
        <div className="desk-side">
          <OrderTicket
            assessmentId={assessment.assessmentId}
            accountId={assessment.accountId}
            instrument={instrument}
            instruments={instruments}
            board={board}
            orders={orders}
            held={held}
            primary={primary}
            clock={clock}
            isClosed={isClosed}
            onSelect={select}
          />
          <VenuePanel instrument={instrument} board={board} primary={primary} />
          <OrderBook instrument={instrument} venue={primary} />
        </div>
        <EventFeed events={view.events} trades={trades} instruments={instruments} />
      </div>
    </div>
  );
}
