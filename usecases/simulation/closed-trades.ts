import { type TradeMoves, tradesOf } from '../../domain/account/positions/round-trip';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { rightMovesOf } from '../../domain/assessment/settlement/account-moves';
import { grouped } from '../../domain/kernel/grouped';
import type { AccountId } from '../../domain/kernel/ids';
import { divide, type Usd, usd } from '../../domain/kernel/money';
import { accept, type Result } from '../../domain/kernel/result';
import type { ClosedTrade } from '../../domain/simulation/closed-trades/closed-trade';
import {
  type Excursion,
  excursionOf,
  heldSpans,
  type PriceExtremes,
} from '../../domain/simulation/closed-trades/excursion';
import { type Traded as TradedStrategy, tradedStrategy } from '../../domain/simulation/closed-trades/traded-strategy';
import { readTradeFile, type TradeFileRefusal } from '../../domain/simulation/trade-file/read-trade-file';
import type { SettlementStore } from '../ports/accounts/settlement-store';
import type { MarkExtremes } from '../ports/market-data/candles';

/** Trades to draw from, and after how many attempts they were made. */
export type Traded = TradedStrategy & { readonly trials: number };

export type TradesRefusal = 'trades_too_few' | TradeFileRefusal;

export type ClosedTradesParts = {
  readonly settlements: Pick<SettlementStore, 'moves'>;
  readonly candles: MarkExtremes;
};

type Traders = readonly { readonly accountId: AccountId; readonly startingUsd: Usd }[];

/** More than are drawn from: the oldest are left out. */
const TRADES_MAX = 10_000;
/** Prices are looked up for the latest trades alone, so many times between two moves, in statements of so many. */
const SPANS_MAX = 2_000;
const SPANS_AT_ONCE = 500;

/**
 * The trades that these accounts have closed, the latest accounts first; those of an account of another size count in
 * proportion to the balance that these rules start with.
 */
export async function closedTrades(
  { settlements, candles }: ClosedTradesParts,
  rules: RuleSet,
  accounts: Traders,
  trials: number,
): Promise<Result<Traded, TradesRefusal>> {
  const found: (TradeMoves & { readonly startingUsd: Usd })[] = [];
  for (const { accountId, startingUsd } of accounts) {
    if (found.length >= TRADES_MAX) break;
    const trades = tradesOf(rightMovesOf(await settlements.moves(accountId)));
    found.push(...trades.map((trade) => ({ ...trade, startingUsd })));
  }
  const excursions = await excursionsOf(candles, found);
  const trades = found.map((trade): ClosedTrade => {
    const { openedAt, closedAt, netUsd } = trade.trip;
    const excursion = excursions.get(trade);
    const sized = (amount: Usd): Usd => usd(divide(amount * rules.startingUsd, trade.startingUsd, 'floor'));
    const [worstUsd, bestUsd] = excursion ? [sized(excursion.worstUsd), sized(excursion.bestUsd)] : [null, null];
    return { openedAt, closedAt, netUsd: sized(netUsd), worstUsd, bestUsd };
  });
  const traded = tradedStrategy(trades, rules);
  return traded.ok ? accept({ ...traded.value, trials }) : traded;
}

/** How far the latest trades stood from their results while they were open, of those whose prices are known. */
async function excursionsOf(
  candles: MarkExtremes,
  trades: readonly TradeMoves[],
): Promise<ReadonlyMap<TradeMoves, Excursion | null>> {
  const latest = [...trades].sort((a, b) => b.trip.closedAt - a.trip.closedAt);
  const asked = latest.flatMap((trade) => heldSpans(trade).map((span) => ({ trade, span }))).slice(0, SPANS_MAX);
  const extremes: (PriceExtremes | undefined)[] = [];
  for (let first = 0; first < asked.length; first += SPANS_AT_ONCE) {
    const part = asked.slice(first, first + SPANS_AT_ONCE);
    extremes.push(...(await candles.extremes(part.map(({ span }) => span))));
  }
  const looked = asked.map((one, nth) => ({ ...one, extremes: extremes[nth] }));
  return new Map([...grouped(looked, ({ trade }) => trade)].map(([trade, spans]) => [trade, excursionOf(spans)]));
}

/** The trades of a file, which may have been made anywhere, by one attempt as far as is known. */
export function fileTrades(rules: RuleSet, csv: string): Result<Traded, TradesRefusal> {
  const read = readTradeFile(csv);
  if (!read.ok) return read;
  const traded = tradedStrategy(read.value, rules);
  return traded.ok ? accept({ ...traded.value, trials: 1 }) : traded;
}
