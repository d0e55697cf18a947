import * as z from 'zod';
import { DEADLINE_NAMES, LIMIT_NAMES, RULE_NAMES } from '../domain/account/rule-name';
import { priceText, qtyText, usdText, wholeText } from './decimal';
import { instrumentId } from './ids';

export const limitName = z.enum(LIMIT_NAMES);
const deadlineName = z.enum(DEADLINE_NAMES);
export const ruleName = z.enum(RULE_NAMES);
export const assessmentStatus = z.enum(['active', 'passed', 'failed']);
/** Why it takes no new risk: its payment is disputed, was refunded, or was lost to a dispute. */
export const holdKind = z.enum(['dispute', 'refund', 'chargeback']);

/** How much of a limit is used: `roomUsd` may still be lost before the rule breaks. */
export const ruleRoom = z.object({
  rule: limitName,
  limitUsd: usdText,
  usedUsd: usdText,
  roomUsd: usdText,
  /** The equity (or balance) at which there is no room; null for a limit of each position. */
  floorUsd: usdText.nullable(),
});

/**
 * A room as a trader is shown it: `leftUsd` of it may be lost yet, the fees of closing everything paid for. Verdicts are
 * decided from `roomUsd`, which counts those fees once they are paid.
 */
export const shownRoom = ruleRoom.extend({ leftUsd: usdText });

/** What follows at once from how an account is left: it fails by a rule, may trade no more that day, or passes. */
const consequence = { breach: ruleName.nullable(), pause: ruleName.nullable(), passes: z.boolean() };

/** What getting out costs, and what the trades that it ends have made with it, every fee included. */
export const wayOut = z.object({ feeUsd: usdText, netUsd: usdText, ...consequence });

/** An order that waits, as if it filled whole at its own price. */
export const plannedFill = z.object({
  side: z.enum(['buy', 'sell']),
  price: priceText,
  qty: qtyText,
  feeUsd: usdText,
  /** What its trade has made by then, every fee included; null where it opens one, or adds to it. */
  netUsd: usdText.nullable(),
  ...consequence,
});

/** A rule that time alone breaks; a missing stop is that of a position. */
export const deadline = z.object({ rule: deadlineName, dueAt: z.int(), instrument: instrumentId.optional() });

/** What is still needed to pass, as whole units of what the name says: millionths of a dollar, trades, days, ppm. */
export const gate = z.object({
  gate: z.enum(['target_usd', 'flat_positions', 'trades', 'days', 'best_day_ppm', 'best_trade_ppm']),
  have: wholeText,
  need: wholeText,
  isMet: z.boolean(),
});
