import { type TradeMoves, tradesOf } from '../../account/positions/round-trip';
import { excludedWin, type FinishedDays, type TradesSoFar } from '../../account/standing/standing';
import { grouped } from '../../kernel/grouped';
import type { Instant } from '../../kernel/instant';
import { addUsd, largerUsd, subUsd, sumUsd, type Usd, usd, ZERO_USD } from '../../kernel/money';
import type { RuleSet } from '../rules/rule-set';
import { tradingDayAt } from '../rules/trading-day';
import type { BookedMove } from './account-moves';
import { type DailyResult, dailyResults } from './daily-result';

/** What is remembered of an account and follows from its moves alone, whatever prices did meanwhile. */
export type RecomputedStanding = {
  readonly trades: Pick<TradesSoFar, 'worstUsd' | 'bestUsd' | 'excludedUsd'>;
  /** What trades of the current day won that the rules leave out. */
  readonly dayExcludedUsd: Usd;
  /** Days before the current one. */
  readonly days: Pick<FinishedDays, 'bestUsd' | 'winningUsd'>;
  /** How many of them count by what they gained; zero where that is not what makes a day count. */
  readonly daysGained: number;
  /** Undefined where the high-water mark never moves, or follows equity. */
  readonly highWaterUsd: Usd | undefined;
};

/** Counts anew what an account remembers, in the trading day `today`, with this capital. `moves` oldest first. */
export function recomputeStanding(
  rules: RuleSet,
  moves: readonly BookedMove[],
  today: string,
  capitalUsd: Usd = rules.startingUsd,
): RecomputedStanding {
  const made = tradesOf(moves);
  const trips = made.map(({ trip }) => trip);
  const days = dailyResults(rules, moves, trips).filter(({ day }) => day < today);
  const results = days.map(({ resultUsd }) => resultUsd);
  const excluded = excludedOfEach(rules, made);
  const excludedBy = grouped(excluded, ({ closedAt }) => tradingDayAt(closedAt, rules).day);
  const excludedOn = (day: string) => sumUsd((excludedBy.get(day) ?? []).map(({ netUsd }) => netUsd));
  const counted = days.map(({ day, resultUsd }) => subUsd(resultUsd, excludedOn(day)));
  const { dayCountsIf, dayGainUsd } = rules.activity;
  const losses = trips.map(({ netUsd }) => usd(-netUsd));
  const wins = made.map((each) => subUsd(each.trip.netUsd, excludedOf(rules, each)));
  return {
    trades: {
      worstUsd: highest(ZERO_USD, losses),
      bestUsd: highest(ZERO_USD, wins),
      excludedUsd: sumUsd(excluded.map(({ netUsd }) => netUsd)),
    },
    dayExcludedUsd: excludedOn(today),
    days: { bestUsd: highest(ZERO_USD, counted), winningUsd: sumUsd(counted.filter((result) => result > 0n)) },
    daysGained: dayCountsIf === 'gain' ? results.filter((result) => result >= dayGainUsd).length : 0,
    highWaterUsd: highWater(rules, moves, days, capitalUsd),
  };
}

type ExcludedWin = { readonly closedAt: Instant; readonly netUsd: Usd };

/** What the rules leave out of the trades that these moves made, with when each of them closed. */
export const excludedWins = (rules: RuleSet, moves: readonly BookedMove[]): readonly ExcludedWin[] =>
  excludedOfEach(rules, tradesOf(moves));

const excludedOfEach = (rules: RuleSet, made: readonly TradeMoves[]): readonly ExcludedWin[] =>
  made.map((each) => ({ closedAt: each.trip.closedAt, netUsd: excludedOf(rules, each) }));

const excludedOf = (rules: RuleSet, { trip, moves }: TradeMoves): Usd =>
  excludedWin(rules, {
    resultUsd: trip.netUsd,
    heldMs: trip.closedAt - trip.openedAt,
    inNews: moves.some(({ inNews }) => inNews === true),
  });

function highWater(
  { maxLoss, startingUsd }: RuleSet,
  moves: readonly BookedMove[],
  days: readonly DailyResult[],
  capitalUsd: Usd,
): Usd | undefined {
  if (maxLoss.mode === 'trailing_closed') return highestOf(startingUsd, balancesOf(startingUsd, moves), capitalUsd);
  if (maxLoss.mode !== 'trailing_eod' || maxLoss.trails !== 'balance') return undefined;
  return highestOf(
    startingUsd,
    days.map(({ balanceUsd }) => balanceUsd),
    capitalUsd,
  );
}

/** The balance after each move, as if the capital had not grown. */
function balancesOf(startingUsd: Usd, moves: readonly BookedMove[]): readonly Usd[] {
  let balance = startingUsd;
  return moves.map(({ realizedUsd, feeUsd }) => {
    balance = subUsd(addUsd(balance, realizedUsd), feeUsd);
    return balance;
  });
}

/** A mark and a balance rise by the same when the capital grows: the highest profit of all is that of the mark. */
const highestOf = (startingUsd: Usd, balances: readonly Usd[], capitalUsd: Usd): Usd =>
  addUsd(capitalUsd, subUsd(highest(startingUsd, balances), startingUsd));

const highest = (least: Usd, values: readonly Usd[]): Usd => values.reduce(largerUsd, least);
