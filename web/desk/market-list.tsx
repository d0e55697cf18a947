'use client';

import { midOf } from '../lib/chart-series';
import type { Instrument } from '../lib/contract';
import { priceText } from '../lib/display';
import { type Market, marketsOf } from '../lib/outcomes';
import type { QuoteBoard } from '../lib/quotes';
import { PriceBadge } from './price-badge';
import { usePriceState, useQuote } from './use-quote';

type MarketListProps = {
  readonly instruments: readonly Instrument[];
  readonly board: QuoteBoard;
  readonly selected: Instrument;
  readonly onSelect: (instrument: Instrument) => void;
};

export function MarketList({ instruments, board, selected, onSelect }: MarketListProps) {
  const markets = marketsOf(instruments);
  const groups = [
    { title: 'Crypto', markets: markets.filter(({ kind }) => kind === 'spot') },
    { title: 'Prediction markets', markets: markets.filter(({ kind }) => kind === 'prediction') },
  ];
  return (
    <section className="panel markets" aria-label="Markets">
      {groups.map((group) => (
        <div key={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.markets.map((market) => (
              <MarketRow key={market.id} market={market} board={board} selected={selected} onSelect={onSelect} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

type MarketRowProps = Omit<MarketListProps, 'instruments'> & { readonly market: Market };

function MarketRow({ market, board, selected, onSelect }: MarketRowProps) {
  const shown = market.kind === 'spot' ? market.instrument : (market.yes ?? market.no);
  if (!shown) return null;
  const isSelected = selected.id === shown.id || (selected.outcome !== null && selected.outcome.marketId === market.id);
  return (
    <li>
      <button
        type="button"
        className="market-row"
        aria-pressed={isSelected}
        onClick={() => onSelect(isSelected ? selected : shown)}
      >
        <span className="market-title">{market.title}</span>
        <MarketPrice instrument={shown} board={board} />
      </button>
    </li>
  );
}

function MarketPrice({ instrument, board }: { readonly instrument: Instrument; readonly board: QuoteBoard }) {
  const seen = useQuote(board, instrument.id);
  const state = usePriceState(seen);
  const mid = seen && midOf(seen.quote);
  return (
    <span className="market-price">
      {mid === undefined ? '—' : priceText(mid, instrument.priceTick)}
      {instrument.outcome && <span className="muted"> {instrument.outcome.side.toUpperCase()}</span>}
      <PriceBadge instrument={instrument} state={state} />
    </span>
  );
}
