import * as z from 'zod';
import { usdText } from './decimal';

/** The rules an assessment is judged by; pinned at purchase by version and hash. Widths are dollars. */
export const ruleSet = z.strictObject({
  startingUsd: usdText,
  /** Closed profit that passes the assessment, once every position is closed and `tradesMin` is reached. */
  profitTargetUsd: usdText,
  /** Static: equity at or below `startingUsd - maxDrawdownUsd` fails. */
  maxDrawdownUsd: usdText,
  /** Equity at or below the balance at the day's start less this fails. */
  dailyLossUsd: usdText,
  /** One position's loss, fees included, at or above this fails; a prediction position may not cost more. */
  riskPerTradeUsd: usdText,
  /** Completed trades (a position back to flat, or through it) needed to pass. */
  tradesMin: z.int().min(0).max(1000),
  /** Notional of crypto positions over equity, checked before an order. */
  leverageMax: z.int().min(1).max(100),
  /** IANA zone and local time at which a trading day begins. */
  dayZone: z.string().min(1).max(64),
  dayResetAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 00:30'),
});

export const ruleName = z.enum(['max_drawdown', 'daily_loss', 'risk_per_trade']);
export const assessmentStatus = z.enum(['active', 'passed', 'failed']);

/** How much of a limit is used: `roomUsd` may still be lost before the rule breaks. */
export const ruleRoom = z.object({
  rule: ruleName,
  limitUsd: usdText,
  usedUsd: usdText,
  roomUsd: usdText,
});
