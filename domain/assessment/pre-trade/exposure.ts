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
  type Ppm,
  type Price,
  price,
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
  readonly equityUsd: Usd;
  /** Crypto binds each notional, with every buy or every sale filled, whichever is larger, over its leverage. */
  readonly usedUsd: Usd;
  /** The equity that outcomes do not bind. */
  readonly maxUsd: Usd;
};

type Holding = Pick<DecisionContext, 'rules' | 'instruments' | 'account'>;

/** Undefined while a position has no price. */
export function marginOf({ rules, instruments, account }: Holding, marks: Marks): Margin | undefined {
  const equityUsd = equityOf(account, marks);
  if (equityUsd === undefined) return undefined;
  let boundUsd = ZERO_USD;
  const notionals: Leveraged[] = [];
  for (const id of boundInstruments(account)) {
    if (instruments.get(id)?.kind === 'outcome')
      boundUsd = addUsd(boundUsd, outcomeValue(instruments, account, marks, id));
    else notionals.push({ worthUsd: worstNotional(account, marks, id), leverage: leverageOf(rules, id) });
  }
  return { equityUsd, usedUsd: marginUsed(notionals), maxUsd: subUsd(equityUsd, boundUsd) };
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

/** The notional of one crypto position if its orders fill the worst way; orders that only reduce change nothing. */
export function worstNotional(account: Account, marks: Marks, instrument: InstrumentId): Usd {
  const position = positionIn(account, instrument);
  const quote = marks.get(instrument);
  const value = !position ? ZERO_USD : quote ? exitValue(position, quote) : position.costUsd;
  let [long, short] = [value, value];
  for (const order of account.orders) {
    if (order.instrument !== instrument || order.reduceOnly) continue;
    const worth = notional(workingPrice(order), remaining(order), 'ceil');
    if (order.side === 'buy') long = addUsd(long, worth);
    else short = subUsd(short, worth);
  }
  return largerUsd(absolute(long), absolute(short));
}

/** The limit that an order works at; null for one that takes the market's price. */
export const limitOf = ({ terms }: Pick<Order, 'terms'>): Price | null =>
  terms.type === 'limit' || terms.type === 'stop_limit' ? terms.limitPrice : null;

/** The price at which an order counts before it fills: its limit, or else its stop. */
export const workingPrice = (order: Order): Price => limitOf(order) ?? stopLevel(order) ?? price(0n);

/** What a held outcome would bring, and what the buys of it that work would cost. */
const outcomeValue = (instruments: Holding['instruments'], account: Account, marks: Marks, id: InstrumentId): Usd => {
  const position = positionIn(account, id);
  const quote = marks.get(id);
  const value = !position ? ZERO_USD : quote ? exitValue(position, quote) : position.costUsd;
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
    const [each, amount] = [workingPrice(order), remaining(order)];
    const fee = instrument ? feeOf(instrument.takerFee, [{ price: each, qty: amount }]) : ZERO_USD;
    cost = addUsd(addUsd(cost, notional(each, amount, 'ceil')), fee);
  }
  return cost;
}
