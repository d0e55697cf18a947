import { drawn } from './chart-series';
import type { Order, Snapshot } from './contract';
import { PRICE_SCALE, readQty, writeDecimal } from './decimal';
import { qtyText } from './display';
import { TYPE_NAMES } from './order-text';
import { entryPrice } from './standing';

type ChartLevel = { readonly value: number; readonly title: string; readonly colour: 'gain' | 'loss' | 'accent' };

/** Where the position of an instrument was entered, and where its orders wait. */
export function chartLevels(instrument: string, { positions, orders }: Pick<Snapshot, 'positions' | 'orders'>) {
  const entries = positions
    .filter((held) => held.instrument === instrument)
    .map((held): ChartLevel => {
      const way = readQty(held.qty) > 0n ? 'Long' : 'Short';
      const value = drawn(writeDecimal(entryPrice(held), PRICE_SCALE));
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

/** A trailing stop waits where its best price has brought it, which only the platform works out. */
function pricesOf({ terms, triggeredAt }: Order): readonly string[] {
  const isTriggered = triggeredAt !== null;
  switch (terms.type) {
    case 'limit':
      return [terms.limitPrice];
    case 'stop':
      return isTriggered ? [] : [terms.stopPrice];
    case 'stop_limit':
      return [isTriggered ? terms.limitPrice : terms.stopPrice];
    case 'market':
    case 'trailing_stop':
      return [];
  }
}
