import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Book } from './book';
import type { Doubts } from './doubt';
import type { MarkSource, QuotedBy, SourceState } from './quote';

/**
 * How a price stands: `fresh` may fill and judge; `quarantined` passed the checks of its venue and is not believed all
 * the same; `unconfirmed` is a mark that too few venues agree on.
 */
export type MarketState = 'fresh' | 'stale' | 'gapped' | 'crossed' | 'halted' | 'quarantined' | 'unconfirmed';

/** The state of what one venue, or several together, show of an instrument. `reason`: what the state does not say. */
export type StateChange = {
  readonly instrument: InstrumentId;
  readonly venue: QuotedBy;
  readonly state: MarketState;
  readonly reason: string | null;
  readonly at: Instant;
};

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
