import type { InstrumentId } from '../../domain/kernel/ids';
import type { AccountSnapshot } from '../../usecases/ports/account-store';

/** The prices at which a long and a short would leave. */
export type ExitPrices = { readonly bid: number; readonly ask: number };

type ApproximatePosition = {
  readonly instrument: InstrumentId;
  readonly qty: number;
  /** What the position has lost when its exit value is zero: cost and fees less what it realized. */
  readonly sunkUsd: number;
};

/** An account in floating point, as far as it takes to see that it may have crossed a limit. */
export type Approximate = {
  readonly cashUsd: number;
  /** The higher of the two equity floors: touching it may break a rule. */
  readonly floorUsd: number;
  readonly riskPerTradeUsd: number;
  readonly positions: readonly ApproximatePosition[];
};

const MICROS = 1e6;
const UNITS = 1e8;
/** A cent, and a billionth of all that was added up: wider than what floating point can lose on such amounts. */
const MARGIN_USD = 0.01;
const MARGIN_RATE = 1e-9;

export function approximate({ account, rules }: Pick<AccountSnapshot, 'account' | 'rules'>): Approximate {
  const dayFloor = Number(account.dayAnchorUsd - rules.dailyLossUsd);
  const floor = Number(rules.startingUsd - rules.maxDrawdownUsd);
  return {
    cashUsd: Number(account.cashUsd) / MICROS,
    floorUsd: Math.max(dayFloor, floor) / MICROS,
    riskPerTradeUsd: Number(rules.riskPerTradeUsd) / MICROS,
    positions: account.positions.map(({ instrument, qty, costUsd, feesUsd, realizedUsd }) => ({
      instrument,
      qty: Number(qty) / UNITS,
      sunkUsd: Number(costUsd + feesUsd - realizedUsd) / MICROS,
    })),
  };
}

/**
 * Whether the account may have crossed a limit at these prices: never misses one that has, sometimes names one that has
 * not. The exact judgement follows. Without a price for each position there is nothing to judge, so nothing to select.
 */
export function mayHaveBroken(account: Approximate, pricesOf: (id: InstrumentId) => ExitPrices | undefined): boolean {
  let equity = account.cashUsd;
  let gross = Math.abs(account.cashUsd);
  let worstLoss = 0;
  for (const { instrument, qty, sunkUsd } of account.positions) {
    const prices = pricesOf(instrument);
    if (!prices) return false;
    const value = qty * (qty > 0 ? prices.bid : prices.ask);
    equity += value;
    gross += Math.abs(value) + Math.abs(sunkUsd);
    worstLoss = Math.max(worstLoss, sunkUsd - value);
  }
  const margin = MARGIN_USD + gross * MARGIN_RATE;
  return equity <= account.floorUsd + margin || worstLoss >= account.riskPerTradeUsd - margin;
}
