import { bookAfter } from '../../account/orders/liquidity';
import type { Order, Side } from '../../account/orders/order';
import type { InstrumentId } from '../../kernel/ids';
import { type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { Market } from '../../market/market';
import type { TradeCredit } from './queue-position';

/** What older orders of an account have left of the books and trades that its resting orders meet, one by one. */
export class RemainingLiquidity {
  private readonly books = new Map<InstrumentId, Book>();
  /** What was taken, by trade and side. */
  private readonly taken = new Map<string, Qty>();

  marketOf({ instrument, book }: Market): Market {
    return { instrument, book: this.books.get(instrument.id) ?? book, isShared: true };
  }

  takeFromBook(market: Market, side: Side, amount: Qty): void {
    this.books.set(market.instrument.id, bookAfter(this.marketOf(market).book, side, amount));
  }

  creditOf(order: Order, { tradeId, qty: credited }: TradeCredit): Qty {
    const taken = this.taken.get(tradeKey(order, tradeId)) ?? 0n;
    return qty(credited > taken ? credited - taken : 0n);
  }

  takeFromTrades(order: Order, credits: readonly TradeCredit[]): void {
    for (const { tradeId, qty: amount } of credits) {
      const key = tradeKey(order, tradeId);
      this.taken.set(key, qty((this.taken.get(key) ?? 0n) + amount));
    }
  }
}

const tradeKey = ({ instrument, side }: Order, tradeId: string): string => `${instrument} ${side} ${tradeId}`;
