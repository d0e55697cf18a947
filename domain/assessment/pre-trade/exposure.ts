import { type Account, equityOf, type Marks, positionIn } from '../../account/account';
import { type Order, remaining } from '../../account/orders/order';
import { exitValue } from '../../account/positions/position';
import type { InstrumentId } from '../../kernel/ids';
import {
  absolute,
  addUsd,
  divide,
  largerUsd,
  MILLION,
  notional,
  ONE_DOLLAR_PRICE,
  type Ppm,
  type Price,
  subUsd,
  type Usd,
  usd,
  ZERO_USD,
} from '../../kernel/money';
import { feeOf, type Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { stopLevel } from '../context/trigger-price';
import type { RuleSet } from '../rules/rule-set';

/** What an account has bound, or may bind once its orders fill: the worst of it counts. */
export type Margin = {
  /** At least, where something of it has no price. */
  readonly equityUsd: Usd;
  /** Positions, and what may become one, that have no price: nothing may be added beside them. */
  readonly unpriced: readonly InstrumentId[];
  /** Crypto binds each notional, with every buy or every sale filled, whichever is larger, over its leverage. */
  readonly usedUsd: Usd;
  /** The equity that outcomes do not bind. */
  readonly maxUsd: Usd;
};

type Holding = Pick<DecisionContext, 'rules' | 'instruments' | 'account'>;

export function marginOf({ rules, instruments, account }: Holding, marks: Marks): Margin {
  const { worstUsd: equityUsd, unpriced } = equityOf(account, marks);
  const uncounted: InstrumentId[] = [...unpriced];
  let boundUsd = ZERO_USD;
  const notionals: Leveraged[] = [];
  for (const id of boundInstruments(account)) {
    if (instruments.get(id)?.kind === 'outcome') {
      boundUsd = addUsd(boundUsd, outcomeValue(instruments, account, marks, id));
      continue;
    }
    const worthUsd = worstNotional(account, marks, id);
    if (worthUsd === undefined) uncounted.push(id);
    else notionals.push({ worthUsd, leverage: leverageOf(rules, id) });
  }
  return { equityUsd, unpriced: uncounted, usedUsd: marginUsed(notionals), maxUsd: subUsd(equityUsd, boundUsd) };
}

/** How many times its margin a crypto position may be worth. */
export const leverageOf = ({ exposure }: Pick<RuleSet, 'exposure'>, id: InstrumentId): Ppm =>
  (exposure.leverageOf.find(({ instrument }) => instrument === id) ?? exposure).leverageMax;

type Leveraged = { readonly worthUsd: Usd; readonly leverage: Ppm };

/**
 * Added as one exact fraction and rounded up once. Money is whole millionths, so that the rounded sum is within a bound
 * just when the exact one is: with one leverage for all this is `notional <= leverage × equity`.
 */
function marginUsed(notionals: readonly Leveraged[]): Usd {
  let [sum, over] = [0n, 1n];
  for (const { worthUsd, leverage } of notionals) {
    const worth = worthUsd * MILLION;
    if (over % leverage === 0n) sum += worth * (over / leverage);
    else [sum, over] = [sum * leverage + worth * over, over * leverage];
  }
  return usd(divide(sum, over, 'ceil'));
}

/** Instruments that are held, or would be once an order fills that may add to a position. */
export function boundInstruments({ positions, orders }: Account): ReadonlySet<InstrumentId> {
  const bound = new Set(positions.map(({ instrument }) => instrument));
  for (const order of orders) if (!order.reduceOnly) bound.add(order.instrument);
  return bound;
}

/**
 * The notional of one crypto position if its orders fill the worst way; orders that only reduce change nothing. One
 * that names no price counts at the ask; undefined while there is none.
 */
export function worstNotional(account: Account, marks: Marks, instrument: InstrumentId): Usd | undefined {
  const position = positionIn(account, instrument);
  const value = position ? (exitValue(position, marks.get(instrument)) ?? position.costUsd) : ZERO_USD;
  let [long, short] = [value, value];
  for (const order of account.orders) {
    if (order.instrument !== instrument || order.reduceOnly) continue;
    const each = workingPrice(order) ?? marks.get(instrument)?.ask?.price;
    if (each === undefined) return undefined;
    const worth = notional(each, remaining(order), 'ceil');
    if (order.side === 'buy') long = addUsd(long, worth);
    else short = subUsd(short, worth);
  }
  return largerUsd(absolute(long), absolute(short));
}

/** The limit that an order works at; null for one that takes the market's price. */
export const limitOf = ({ terms }: Pick<Order, 'terms'>): Price | null =>
  terms.type === 'limit' || terms.type === 'stop_limit' ? terms.limitPrice : null;

/** The price at which an order counts before it fills: its limit, or else its stop; null of a trail that saw none. */
export const workingPrice = (order: Order): Price | null => limitOf(order) ?? stopLevel(order);

/** What a held outcome would bring, and what the buys of it that work would cost. */
const outcomeValue = (instruments: Holding['instruments'], account: Account, marks: Marks, id: InstrumentId): Usd => {
  const position = positionIn(account, id);
  const value = position ? (exitValue(position, marks.get(id)) ?? position.costUsd) : ZERO_USD;
  return addUsd(value, workingCost(instruments.get(id), account, id));
};

/** What an outcome has cost and may cost yet, fees included: all of it can be lost. */
export function outcomeCost(instrument: Instrument, account: Account): Usd {
  const position = positionIn(account, instrument.id);
  const paid = position ? addUsd(position.costUsd, position.feesUsd) : ZERO_USD;
  return addUsd(paid, workingCost(instrument, account, instrument.id));
}

function workingCost(instrument: Instrument | undefined, { orders }: Account, id: InstrumentId): Usd {
  let cost = ZERO_USD;
  for (const order of orders) {
    if (order.instrument !== id || order.side !== 'buy' || order.reduceOnly) continue;
    // A share costs a dollar at most, whatever it will cost.
    const [each, amount] = [workingPrice(order) ?? ONE_DOLLAR_PRICE, remaining(order)];
    const fee = instrument ? feeOf(instrument.takerFee, [{ price: each, qty: amount }]) : ZERO_USD;
    cost = addUsd(addUsd(cost, notional(each, amount, 'ceil')), fee);
  }
  return cost;
}
