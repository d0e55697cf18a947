import { divide, MILLION, ppm } from '../../kernel/money';
import { type History, larger, type Odds, type PastTrade, type Strategy, smaller } from '../strategy';
import { MEAN_BLOCK_MAX, PAST_TRADES_MAX } from '../strategy-fault';

/** What may go worse than it did, beside the size. */
export const STRESSES = ['volatile', 'less_won', 'clustered'] as const;
export type Stress = (typeof STRESSES)[number] | 'worst_day';

/** Results lie so many times as far from their mean. */
const WIDER = ppm(1_500_000n);
/** Five trades in a hundred that were won are lost, which is one in twenty. */
const LESS_WON = 50_000n;
const ONE_IN = 20;
/** Trades come in runs so many times as long. */
const LONGER = 5;
/** A rate of winning in closed trades, exact to a twentieth of a per cent and rounded down. */
const DEALT = 2_000;

/** The strategy under stress; undefined where this stress changes nothing or leaves nothing to trade. */
export function stressed(stress: (typeof STRESSES)[number], strategy: Strategy): Strategy | undefined {
  const { trades } = strategy;
  const changed = trades.kind === 'odds' ? stressedOdds(stress, trades) : stressedHistory(stress, trades);
  return changed && { ...strategy, trades: changed };
}

function stressedHistory(stress: (typeof STRESSES)[number], history: History): History | undefined {
  switch (stress) {
    case 'volatile':
      return { ...history, trades: widened(history.trades) };
    case 'less_won':
      return withFewerWinners(history);
    case 'clustered':
      return { ...history, meanBlock: Math.min(MEAN_BLOCK_MAX, history.meanBlock * LONGER) };
  }
}

function stressedOdds(stress: (typeof STRESSES)[number], odds: Odds): Odds | History | undefined {
  switch (stress) {
    case 'volatile':
      return widenedOdds(odds);
    case 'less_won':
      return odds.winRate > LESS_WON ? { ...odds, winRate: ppm(odds.winRate - LESS_WON) } : undefined;
    case 'clustered':
      return dealt(odds);
  }
}

/**
 * Every result half as far again from the mean of all: the edge stays what it was, and each trade weighs more against
 * it. Multiplying the results would be a larger size, which is looked at for itself.
 */
function widened(trades: readonly PastTrade[]): readonly PastTrade[] {
  const count = BigInt(trades.length);
  const sum = trades.reduce((all, { resultCents }) => all + resultCents, 0n);
  return trades.map(({ resultCents, worstCents, bestCents }) => {
    const fromMean = WIDER * (resultCents * count - sum);
    const result = divide(sum * MILLION + fromMean, MILLION * count, 'floor');
    return {
      resultCents: result,
      worstCents: smaller(wider(worstCents), result),
      bestCents: larger(wider(bestCents), result),
    };
  });
}

const wider = (cents: bigint): bigint => divide(cents * WIDER, MILLION, 'floor');

/** The mean of a trade in cents × 10^6 is `rate × win − (10^6 − rate) × loss`; both amounts move away from it. */
function widenedOdds(odds: Odds): Odds {
  const { winCents, lossCents } = amountsOf(odds);
  const mean = odds.winRate * winCents - (MILLION - odds.winRate) * lossCents;
  const from = (cents: bigint): bigint => mean * MILLION + WIDER * (cents * MILLION - mean);
  return {
    ...odds,
    riskCents: -divide(from(-lossCents), MILLION * MILLION, 'floor'),
    payoff: { kind: 'cents', cents: divide(from(winCents), MILLION * MILLION, 'floor') },
  };
}

/**
 * One trade in twenty that was won is lost: of winners, spread evenly over the time, each is replaced by a loser, in
 * turn. Few trades are repeated first, so that there is a whole number of them to replace; a run goes on from the last
 * to the first either way.
 */
function withFewerWinners(history: History): History | undefined {
  const trades = repeated(history.trades);
  const losers = trades.filter(({ resultCents }) => resultCents < 0n);
  const winners = trades.flatMap(({ resultCents }, at) => (resultCents > 0n ? [at] : []));
  const count = Math.min(Math.ceil(trades.length / ONE_IN), winners.length);
  if (count === 0) return undefined;
  const turned = new Map<number, PastTrade>();
  for (let nth = 0; nth < count; nth += 1) {
    const at = winners[Math.floor(((2 * nth + 1) * winners.length) / (2 * count))] as number;
    turned.set(at, losers[nth % losers.length] as PastTrade);
  }
  return { ...history, trades: trades.map((trade, at) => turned.get(at) ?? trade) };
}

/** As often as it takes for a twentieth of them to be whole, where that leaves few enough to draw from. */
function repeated(trades: readonly PastTrade[]): readonly PastTrade[] {
  let times = 1;
  while ((trades.length * times) % ONE_IN !== 0) times += 1;
  if (trades.length * times > PAST_TRADES_MAX) return trades;
  return Array.from({ length: times }, () => trades).flat();
}

/**
 * Odds whose trades depend on one another: dealt as closed trades, all winners before all losers, and drawn in runs.
 * The trades of a run are won or lost together; rate, amounts and number of trades stay what they were.
 */
function dealt(odds: Odds): History {
  const { winCents, lossCents } = amountsOf(odds);
  const isWon = (nth: number): boolean => BigInt(nth + 1) * MILLION <= odds.winRate * BigInt(DEALT);
  const trades = Array.from({ length: DEALT }, (_, nth): PastTrade => {
    const against = BigInt((nth * STRIDE) % DEALT);
    if (isWon(nth)) {
      const worst = (lossCents * against * odds.adverse) / (BigInt(DEALT) * MILLION);
      return { resultCents: winCents, worstCents: -worst, bestCents: winCents };
    }
    const best = (winCents * against * odds.favourable) / (BigInt(DEALT) * MILLION);
    return { resultCents: -lossCents, worstCents: -lossCents, bestCents: best };
  });
  return { kind: 'history', trades, meanBlock: LONGER };
}

/** Amounts as they are without a size, which multiplies them later. */
function amountsOf(odds: Odds): { readonly winCents: bigint; readonly lossCents: bigint } {
  const { riskCents, payoff } = odds;
  const winCents = payoff.kind === 'cents' ? payoff.cents : divide(riskCents * payoff.times, MILLION, 'floor');
  return { winCents, lossCents: riskCents };
}

/** It shares no divisor with the number of trades: neighbours are far apart, and every part comes once. */
const STRIDE = 1_237;
