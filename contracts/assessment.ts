import * as z from 'zod';
import { DAY_MS } from '../domain/kernel/instant';
import { ppmText, priceText, qtyText, usdText, wholeText } from './decimal';
import { instrumentId } from './ids';
import { text } from './text';

const width = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('usd'), usd: usdText }),
  z.strictObject({ kind: z.literal('share'), share: ppmText }),
]);

const count = z.int().min(0).max(100_000);
const leverage = z.int().min(1).max(100);
const days = z.int().min(1).max(3_650);
const durationMs = z
  .int()
  .min(0)
  .max(10 * 365 * DAY_MS);

/** Orders look at the news of a week before and after: a longer window would not be seen whole. */
const newsMs = z
  .int()
  .min(0)
  .max(7 * DAY_MS);

/** The rules one phase is judged by, pinned at purchase by version and hash. Meanings: `domain/assessment/rules/rule-set.ts`. */
export const ruleSet = z.strictObject({
  startingUsd: usdText,
  target: z
    .strictObject({
      profitUsd: usdText,
      counts: z.enum(['realized_flat', 'realized', 'equity']),
      closesAll: z.boolean(),
    })
    .nullable(),
  maxLoss: z.strictObject({
    mode: z.enum(['static', 'trailing_eod', 'trailing_closed', 'trailing_intraday']),
    width,
    trails: z.enum(['balance', 'equity', 'higher']),
    testedOn: z.enum(['equity', 'balance']),
    lockUsd: usdText.nullable(),
    payoutEffect: z.enum(['none', 'lowers_mark', 'floor_to_start']),
  }),
  dailyLoss: z
    .strictObject({
      anchor: z.enum(['initial', 'balance', 'equity', 'higher', 'peak']),
      width,
      severity: z.enum(['fail', 'pause', 'close']),
      gainCapUsd: usdText.nullable(),
    })
    .nullable(),
  riskPerTrade: z
    .strictObject({
      limitUsd: usdText,
      severity: z.enum(['fail', 'block']),
      stopWithinMs: durationMs.nullable(),
      stopSeverity: z.enum(['fail', 'close']),
      stopCorrection: z.strictObject({ count: z.int().min(1).max(100), withinMs: durationMs }).nullable(),
    })
    .nullable(),
  openLoss: z.strictObject({ share: ppmText, severity: z.enum(['fail', 'close']) }).nullable(),
  exposure: z.strictObject({
    leverageMax: leverage,
    positionsMax: count.nullable(),
    positionUsdMax: usdText.nullable(),
    eventUsdMax: usdText.nullable(),
    categoryUsdMax: usdText.nullable(),
    netsOutcomes: z.boolean(),
    allowsBothOutcomes: z.boolean(),
    outcomePriceMin: ppmText,
    outcomePriceMax: ppmText,
    liquidityUsdMin: usdText.nullable(),
    leverageOf: z
      .array(z.strictObject({ instrument: instrumentId, leverageMax: leverage }))
      .max(100)
      .readonly(),
  }),
  activity: z.strictObject({
    tradesMin: z.int().min(0).max(1000),
    tradeHeldMsMin: durationMs,
    daysMin: z.int().min(0).max(365),
    dayCountsIf: z.enum(['opened', 'closed', 'gain', 'size']),
    dayGainUsd: usdText,
    inactivityDays: days.nullable(),
    timeLimitDays: days.nullable(),
    daySizeShareMin: ppmText,
    shortWins: z.enum(['count', 'excluded']),
  }),
  consistency: z
    .strictObject({
      shareMax: ppmText,
      of: z.enum(['net', 'winning_days']),
      per: z.enum(['day', 'trade']),
      severity: z.enum(['gate', 'fail']),
    })
    .nullable(),
  conduct: z.strictObject({
    weekend: z.enum(['allowed', 'no_new_risk', 'flat']),
    news: z.strictObject({ beforeMs: newsMs, afterMs: newsMs }).nullable(),
    hedgeSignalAfterMs: durationMs.nullable(),
    reverseSignalWithinMs: durationMs.nullable(),
    copySignal: z.strictObject({ withinMs: durationMs, times: count }).nullable(),
  }),
  execution: z.strictObject({ restingFills: z.enum(['through', 'queue']) }),
  touch: z.enum(['breach', 'safe']),
  /** IANA zone and local time at which a trading day begins. */
  dayZone: text().min(1).max(64),
  dayResetAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 00:30'),
});

export const limitName = z.enum(['max_drawdown', 'daily_loss', 'risk_per_trade', 'open_loss']);
export const deadlineName = z.enum(['stop_missing', 'inactivity', 'time_limit']);
export const ruleName = z.enum([...limitName.options, ...deadlineName.options, 'consistency']);
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
