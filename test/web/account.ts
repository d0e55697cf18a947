import type { Position, Rules, Snapshot } from '../../web/lib/contract';
import type { Quote } from '../../web/lib/quotes';

/** Shared shapes of the web's unit tests: one account of 10,000 dollars. */
export const rules: Rules = {
  startingUsd: '10000',
  profitTargetUsd: '1000',
  maxDrawdownUsd: '1000',
  dailyLossUsd: '500',
  riskPerTradeUsd: '300',
  tradesMin: 3,
  leverageMax: 2,
  dayZone: 'UTC',
  dayResetAt: '00:30',
};

export const ACCOUNT = '0190a000-0000-7000-8000-0000000000aa';

export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  accountId: ACCOUNT,
  version: 4,
  status: 'active',
  cashUsd: '10000',
  balanceUsd: '10000',
  tradesClosed: 0,
  day: '2026-03-01',
  dayAnchorUsd: '10000',
  positions: [],
  ...over,
});

export const position = (over: Partial<Position> = {}): Position => ({
  instrument: 'BTC-USD',
  qty: '0.1',
  costUsd: '6000',
  realizedUsd: '0',
  feesUsd: '15',
  ...over,
});

export const quote = (over: Partial<Quote> = {}): Quote => ({
  instrument: 'BTC-USD',
  sequence: 1,
  quality: 'good',
  bid: ['59900', '1'],
  ask: ['60100', '1'],
  venueAt: 1_000,
  receivedAt: 1_000,
  ...over,
});
