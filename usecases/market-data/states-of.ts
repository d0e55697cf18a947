import type { Book } from '../../domain/market/book';
import type { Doubts } from '../../domain/market/doubt';
import type { MarkSource, SourceState } from '../../domain/market/quote';
import type { MarketState, StateChange } from '../ports/market-data/market-state';

/** The states of a book as it was told: of a coin that of its mark, and one of each venue. */
export function statesOf(book: Book): readonly StateChange[] {
  const { instrument, venue, quality, receivedAt, doubts, mark } = book;
  const known = { instrument, venue, at: receivedAt };
  if (!mark) {
    if (quality !== 'good') return [{ ...known, state: quality, reason: null }];
    return [{ ...known, state: doubts ? 'quarantined' : 'fresh', reason: doubts ? doubtsText(doubts) : null }];
  }
  const { sources = [] } = mark;
  const isConfirmed = mark.bid !== null;
  const reason = sources.map((source) => `${source.venue} ${source.state}`).join(', ');
  return [
    { ...known, state: isConfirmed ? 'fresh' : 'unconfirmed', reason: isConfirmed ? null : reason },
    ...sources.map((source) => ({ ...known, venue: source.venue, ...stateOf(source) })),
  ];
}

const OF_SOURCES: Readonly<Record<SourceState, MarketState>> = {
  good: 'fresh',
  gapped: 'gapped',
  crossed: 'crossed',
  stale: 'stale',
  halted: 'halted',
  silent: 'stale',
  one_sided: 'quarantined',
  thin: 'quarantined',
  unconverted: 'quarantined',
  disagrees: 'quarantined',
};

function stateOf({ state }: MarkSource): Pick<StateChange, 'state' | 'reason'> {
  const told = OF_SOURCES[state];
  return { state: told, reason: told === state || told === 'fresh' ? null : state };
}

const doubtsText = ({ bid, ask }: Doubts): string =>
  [bid && `bid ${bid.why}`, ask && `ask ${ask.why}`].filter(Boolean).join(', ');
