import { formatDecimal } from '../../domain/kernel/decimal';
import { PRICE_SCALE } from '../../domain/kernel/money';
import { drawn } from './chart-series';
import type { Order, Snapshot } from './contract';
import { qtyText } from './display';
import { TYPE_NAMES, triggerPrice } from './order-text';
import { readQty } from './read-decimal';
import { entryPrice } from './standing';

type ChartLevel = { readonly value: number; readonly title: string; readonly colour: 'gain' | 'loss' | 'accent' };

/** Where the position of an instrument was entered, and where its orders wait. */
export function chartLevels(instrument: string, { positions, orders }: Pick<Snapshot, 'positions' | 'orders'>) {
  const entries = positions
    .filter((held) => held.instrument === instrument)
    .map((held): ChartLevel => {
      const way = readQty(held.qty) > 0n ? 'Long' : 'Short';
      const value = drawn(formatDecimal(entryPrice(held), PRICE_SCALE));
      return { value, title: `${way} ${qtyText(held.qty.replace('-', ''))}`, colour: 'accent' };
    });
  const waiting = orders
    .filter((order) => order.instrument === instrument)
    .flatMap((order) =>
      pricesOf(order).map((price): ChartLevel => {
        const title = `${order.side === 'buy' ? 'Buy' : 'Sell'} ${TYPE_NAMES[order.terms.type].toLowerCase()}`;
        return { value: drawn(price), title, colour: order.side === 'buy' ? 'gain' : 'loss' };
      }),
    );
  return [...entries, ...waiting];
}

/** An order waits at its stop, and at its limit once it has none or the stop was reached. */
function pricesOf(order: Order): readonly string[] {
  const { terms } = order;
  const stop = triggerPrice(order);
  if (stop !== undefined) return [stop];
  return terms.type === 'limit' || terms.type === 'stop_limit' ? [terms.limitPrice] : [];
}
