'use client';

import { useEffect, useState } from 'react';
import { formatDecimal } from '../../domain/kernel/decimal';
import { PRICE_SCALE, QTY_SCALE } from '../../domain/kernel/money';
import type { Book, Instrument, Rules } from '../lib/contract';
import { bookQtyText, priceText } from '../lib/display';
import { readPrice, readQty } from '../lib/read-decimal';
import { TableHead } from '../parts/scroll-table';
import { useApi } from '../session/session-context';

const ASK_EVERY_MS = 2_000;
const LEVELS_SHOWN = 7;

/** The venue's book, read every two seconds while the page is in view; between that the touch is on the ticket. */
function useBook(instrument: string, venue: Rules['execution']['primary']): Book | undefined {
  const api = useApi();
  const [book, setBook] = useState<Book>();
  useEffect(() => {
    let isGone = false;
    const ask = async () => {
      if (document.hidden) return;
      const answer = await api.call('GET /instruments/{instrument}/book', { params: { instrument }, query: { venue } });
      if (!isGone && answer.ok) setBook(answer.value);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [api, instrument, venue]);
  return book?.instrument === instrument ? book : undefined;
}

type OrderBookProps = { readonly instrument: Instrument; readonly venue: Rules['execution']['primary'] };

export function OrderBook({ instrument, venue }: OrderBookProps) {
  const book = useBook(instrument.id, venue);
  const asks = depthOf(book?.asks ?? []);
  const bids = depthOf(book?.bids ?? []);
  const deepest = [...asks, ...bids].reduce((most, { total }) => (total > most ? total : most), 1n);
  return (
    <section className="panel book" aria-label="Order book">
      <h2>Order book</h2>
      <table>
        <TableHead columns={['Price', 'Quantity', 'Total']} />
        <tbody className="book-asks">
          {padded(asks)
            .reverse()
            .map((depth, place) => (
              <LevelRow
                key={`ask-${LEVELS_SHOWN - place}`}
                depth={depth}
                deepest={deepest}
                tick={instrument.priceTick}
              />
            ))}
        </tbody>
        <tbody>
          <tr className="book-spread">
            <td colSpan={3}>{spreadText(book, instrument.priceTick)}</td>
          </tr>
        </tbody>
        <tbody className="book-bids">
          {padded(bids).map((depth, place) => (
            <LevelRow key={`bid-${place + 1}`} depth={depth} deepest={deepest} tick={instrument.priceTick} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Depth = { readonly price: string; readonly qty: string; readonly total: bigint };

function depthOf(levels: Book['bids']): readonly Depth[] {
  let total = 0n;
  return levels.slice(0, LEVELS_SHOWN).map(({ price, qty }) => {
    total += readQty(qty);
    return { price, qty, total };
  });
}

/** A thin book keeps its height, so that nothing below it moves. */
const padded = (depths: readonly Depth[]): (Depth | undefined)[] =>
  Array.from({ length: LEVELS_SHOWN }, (_, place) => depths[place]);

type LevelRowProps = { readonly depth: Depth | undefined; readonly deepest: bigint; readonly tick: string };

function LevelRow({ depth, deepest, tick }: LevelRowProps) {
  if (!depth) {
    return (
      <tr>
        <td>–</td>
        <td />
        <td />
      </tr>
    );
  }
  const share = Number((depth.total * 100n) / deepest);
  return (
    <tr style={{ '--depth': `${share}%` } as React.CSSProperties}>
      <td>{priceText(depth.price, tick)}</td>
      <td>{bookQtyText(depth.qty)}</td>
      <td>{bookQtyText(formatDecimal(depth.total, QTY_SCALE))}</td>
    </tr>
  );
}

function spreadText(book: Book | undefined, tick: string): string {
  const [bid, ask] = [book?.bids[0], book?.asks[0]];
  if (!bid || !ask) return 'Waiting for the book…';
  return `Spread ${priceText(formatDecimal(readPrice(ask.price) - readPrice(bid.price), PRICE_SCALE), tick)}`;
}
