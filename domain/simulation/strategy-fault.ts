import { MILLION, type Ppm } from '../kernel/money';
import type { Fault } from '../kernel/result';
import { type History, isWithin, type Odds, type Strategy, sized, slotMs } from './strategy';

export const TRADES_PER_DAY_MAX = 50;
export const PAST_TRADES_MIN = 10;
export const PAST_TRADES_MAX = 10_000;
export const MEAN_BLOCK_MAX = 1_000;
/** A trade visits the two prices between its opening and its close, each at an instant of its own. */
export const HELD_MS_MIN = 3;
const SIZE_MAX = 100n * MILLION;
/** An amount times a word of 32 bits stays inside 63 bits. */
export const AMOUNT_CENTS_MAX = 2n ** 31n - 1n;

/** Why nobody could trade like this; undefined where somebody can. */
export function strategyFault(strategy: Strategy): Fault | undefined {
  const { tradesPerDay, heldMs, size, trades } = strategy;
  if (!isWhole(tradesPerDay, 1, TRADES_PER_DAY_MAX)) {
    return fault('tradesPerDay', `must be a whole number from 1 to ${TRADES_PER_DAY_MAX}`);
  }
  const heldMsMax = slotMs(tradesPerDay) - 1;
  if (!isWhole(heldMs, HELD_MS_MIN, heldMsMax)) {
    return fault('heldMs', `must be from ${HELD_MS_MIN} to ${heldMsMax}: a day holds its trades one after another`);
  }
  if (size <= 0n || size > SIZE_MAX) return fault('size', 'must be above 0 and at most 100');
  return (trades.kind === 'odds' ? oddsFault(trades) : historyFault(trades)) ?? amountFault(strategy);
}

const fault = (field: string, rule: string): Fault => ({ field: `strategy.${field}`, rule });

const isWhole = (value: number, least: number, most: number): boolean =>
  Math.floor(value) === value && value >= least && value <= most;

const isShare = (share: Ppm): boolean => share >= 0n && share <= MILLION;

function oddsFault({ winRate, adverse, favourable }: Odds): Fault | undefined {
  if (winRate <= 0n || winRate >= MILLION) {
    return fault('winRate', 'must be above 0 and below 1: nobody only wins or only loses');
  }
  if (!isShare(adverse)) return fault('adverse', 'must be from 0 to 1');
  return isShare(favourable) ? undefined : fault('favourable', 'must be from 0 to 1');
}

function historyFault({ trades, meanBlock }: History): Fault | undefined {
  if (trades.length < PAST_TRADES_MIN) {
    const missing = PAST_TRADES_MIN - trades.length;
    return fault('trades', `must be at least ${PAST_TRADES_MIN} trades: ${missing} more are needed`);
  }
  if (trades.length > PAST_TRADES_MAX) return fault('trades', `must be at most ${PAST_TRADES_MAX} trades`);
  if (!isWhole(meanBlock, 1, MEAN_BLOCK_MAX)) {
    return fault('meanBlock', `must be a whole number from 1 to ${MEAN_BLOCK_MAX}`);
  }
  const wrong = trades.findIndex((trade) => !isWithin(trade));
  if (wrong >= 0) return fault(`trades[${wrong}]`, 'must have its result, and 0, between its worst and its best');
  const loses = trades.some(({ resultCents }) => resultCents < 0n);
  return loses ? undefined : fault('trades', 'must have a loss among them: nobody only wins');
}

/** Whether the amounts are whole cents with their size, and not too large to count with. */
function amountFault(strategy: Strategy): Fault | undefined {
  const trades = sized(strategy);
  const range = `must come to 1 to ${AMOUNT_CENTS_MAX} cents with their size`;
  if (trades.kind === 'odds') {
    if (!isAmount(trades.lossCents)) return fault('riskCents', range);
    return isAmount(trades.winCents) ? undefined : fault('payoff', range);
  }
  const wrong = trades.past.findIndex(
    ({ worstCents, bestCents }) => -worstCents > AMOUNT_CENTS_MAX || bestCents > AMOUNT_CENTS_MAX,
  );
  return wrong < 0 ? undefined : fault(`trades[${wrong}]`, `must come to at most ${AMOUNT_CENTS_MAX} cents`);
}

const isAmount = (cents: bigint): boolean => cents >= 1n && cents <= AMOUNT_CENTS_MAX;
