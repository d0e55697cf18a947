import fc from 'fast-check';
import { balanceOf } from '../../../../domain/account/account';
import { type FillMade, fillOf, orderFilled } from '../../../../domain/account/fill';
import type { Order } from '../../../../domain/account/orders/order';
import { fillEntries, fundingEntries, payoutEntries } from '../../../../domain/account/positions/ledger';
import type { Position } from '../../../../domain/account/positions/position';
import { capitalOf } from '../../../../domain/account/standing/growth';
import { idOf, type PayoutId } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { addUsd, price, qty, subUsd, type Usd, ZERO_USD } from '../../../../domain/kernel/money';
import { uuidIds } from '../../../../runtime/edge';
import { changed, evolved, marketFill, newDay, placed, type Step } from '../../../fixtures/changed-account';
import { BTC, bitcoin, bookAt, dollars, marketTicket, NOW, units } from '../../../fixtures/stored-account';

/** Something that can happen to an account, as far as its state allows it. */
export type Move = {
  readonly kind:
    | 'market'
    | 'rest'
    | 'part'
    | 'amend'
    | 'trigger'
    | 'cancel'
    | 'day'
    | 'warn'
    | 'pause'
    | 'hold'
    | 'release'
    | 'peak'
    | 'correct'
    | 'settle'
    | 'pay'
    | 'grow';
  readonly isBuy: boolean;
  readonly amount: number;
};

const KINDS: readonly Move['kind'][] = [
  'market',
  'market',
  'rest',
  'rest',
  'rest',
  'part',
  'part',
  'part',
  'amend',
  'trigger',
  'cancel',
  'day',
  'warn',
  'pause',
  'hold',
  'release',
  'peak',
  'correct',
  'settle',
  'pay',
  'grow',
];

/** What one save brings: a few moves, on one topic or on several. */
export const someMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    isBuy: fc.boolean(),
    amount: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The step after a move; the same step where the account cannot make it. */
export function moved(step: Step, move: Move): Step {
  const { kind, isBuy, amount } = move;
  const { account } = step;
  const [order] = account.orders;
  const ticket = marketTicket(isBuy ? 'buy' : 'sell', BigInt(amount) * 1_000_000n);
  const { peaks, holds } = account.standing;
  switch (kind) {
    case 'market':
      return marketFill(step, ticket);
    case 'rest':
      return placed(step, { ...ticket, terms: { type: 'stop', stopPrice: price(units(BigInt(60_000 + amount))) } });
    case 'part':
      return order ? partFilled(step, order, move) : step;
    case 'amend':
      return order ? changed(step, 'order_amended', { ...order, qty: qty(order.qty + BigInt(amount)) }) : step;
    case 'trigger':
      return order?.triggeredAt === null && order.filledQty === 0n
        ? changed(step, 'order_triggered', { ...order, triggeredAt: instant(NOW + amount) })
        : step;
    case 'cancel':
      return order
        ? changed(step, 'order_cancelled', { ...order, status: 'cancelled', cancelReason: 'requested' })
        : step;
    case 'day':
      return newDay(step, dayAfter(account.day, amount));
    case 'warn':
      return evolved(step, { kind: 'limit_warned', rule: isBuy ? 'daily_loss' : 'max_drawdown', percent: 50 });
    case 'pause':
      return evolved(step, { kind: 'trading_paused', rule: 'daily_loss' });
    case 'hold':
      return evolved(step, { kind: 'account_held', hold: isBuy ? 'refund' : 'dispute', at: instant(NOW + amount) });
    case 'release':
      return holds.now ? evolved(step, { kind: 'account_released', at: instant(NOW + amount) }) : step;
    case 'peak':
      return evolved(step, {
        kind: 'high_water_raised',
        highWaterUsd: addUsd(peaks.highWaterUsd, dollars(amount)),
        dayPeakUsd: addUsd(peaks.dayPeakUsd, dollars(amount)),
        peakedAt: instant(NOW + amount),
      });
    case 'correct':
      return account.positions.length > 0
        ? evolved(step, { kind: 'stop_corrected', instrument: BTC, dueAt: instant(NOW + amount), left: 1 })
        : step;
    case 'settle':
      return account.positions.reduce(givenBack, step);
    case 'pay':
      return paidOut(step, dollars(amount));
    case 'grow':
      return grown(step, dollars(amount));
  }
}

function grown(step: Step, addedUsd: Usd): Step {
  const { account, rules } = step;
  return evolved(step, {
    kind: 'capital_grown',
    at: NOW,
    addedUsd,
    capitalUsd: addUsd(capitalOf(rules.startingUsd, account.standing.payouts.growth), addedUsd),
    ledger: fundingEntries(addedUsd),
    cashUsd: addUsd(account.cashUsd, addedUsd),
    balanceUsd: addUsd(balanceOf(account), addedUsd),
  });
}

/** A payout leaves the account, whatever it has won. */
function paidOut(step: Step, amountUsd: Usd): Step {
  const { account } = step;
  const { highWaterUsd, dayPeakUsd } = account.standing.peaks;
  return evolved(step, {
    kind: 'payout_taken',
    payoutId: uuidIds.next<PayoutId>(),
    at: NOW,
    amountUsd,
    traderUsd: amountUsd,
    ledger: payoutEntries(amountUsd),
    cashUsd: subUsd(account.cashUsd, amountUsd),
    balanceUsd: subUsd(balanceOf(account), amountUsd),
    dayAnchorUsd: account.dayAnchorUsd,
    highWaterUsd,
    dayPeakUsd,
    periods: { weekUsd: amountUsd, monthUsd: null },
  });
}

/** A void market gives back what the position cost. */
function givenBack(step: Step, position: Position): Step {
  const { account } = step;
  const { instrument, costUsd: cashUsd } = position;
  const { peaks, day, warned } = account.standing;
  const { highWaterUsd, dayPeakUsd } = peaks;
  const paid = { instrument, cashUsd, realizedUsd: ZERO_USD };
  return evolved(step, {
    kind: 'position_settled',
    settlement: {
      ...paid,
      payout: { kind: 'void' },
      position,
      corrects: false,
      settledAt: NOW,
      before: { day: account.day, highWaterUsd, dayPeakUsd, isPaused: day.isPaused, warned },
    },
    ledger: fillEntries({ ...paid, feeUsd: ZERO_USD }),
    cashUsd: addUsd(account.cashUsd, cashUsd),
    balanceUsd: balanceOf(account),
    dayAnchorUsd: account.dayAnchorUsd,
    isPaused: day.isPaused,
  });
}

/** Half of what is left of the oldest order, or all of it; the younger have met the book then, or not. */
function partFilled(step: Step, order: Order, { isBuy, amount }: Move): Step {
  const book = { ...bookAt(NOW), sequence: order.bookSequence + amount };
  const [level] = order.side === 'buy' ? book.asks : book.bids;
  if (!level) throw new Error('the book of the stories has both sides');
  const left = order.qty - order.filledQty;
  const levels = [{ price: level.price, qty: qty(amount > 4 || left < 2n ? left : left / 2n) }];
  const made: FillMade = {
    fillId: idOf(uuidIds.next()),
    part: order.parts + 1,
    liquidity: 'maker',
    levels,
    at: instant(NOW + amount),
  };
  const fill = fillOf(step.account, order, { instrument: bitcoin, book }, made);
  return evolved(step, orderFilled(step, fill, { ...order, consumesBook: isBuy }));
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
