'use client';

import type { AccountEvent, Instrument, Trade } from '../lib/contract';
import { timeOfDay } from '../lib/display';
import { type FeedEntry, feedEntry, fillText } from '../lib/events';
import { type Naming, namingOf } from '../lib/naming';
import { readUsd } from '../lib/read-decimal';

type EventFeedProps = {
  readonly events: readonly AccountEvent[];
  /** Fills from before this page was opened. */
  readonly trades: readonly Trade[];
  readonly instruments: readonly Instrument[];
};

const SHOWN_MAX = 60;

export function EventFeed({ events, trades, instruments }: EventFeedProps) {
  const naming = namingOf(instruments);
  const live = events.flatMap((event) => feedEntry(event, naming) ?? []);
  const seen = new Set(events.map(({ data }) => data.fillId));
  const past = trades.filter(({ fillId }) => !seen.has(fillId)).map((trade) => pastFill(trade, naming));
  const entries = [...live, ...past].sort((a, b) => b.at - a.at).slice(0, SHOWN_MAX);
  return (
    <section className="panel feed" aria-label="Events">
      <h2>Events</h2>
      {entries.length === 0 && <p className="muted empty-line">Fills, violations and the verdict appear here.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too. */}
      <ol aria-live="polite" aria-relevant="additions" tabIndex={0} aria-label="Events, newest first">
        {entries.map(({ id, at, tone, text }) => (
          <li key={id} className={`feed-${tone}`}>
            <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const pastFill = (trade: Trade, naming: Naming): FeedEntry => {
  const realized = readUsd(trade.realizedUsd);
  const tone = realized === 0n ? 'plain' : realized > 0n ? 'gain' : 'loss';
  return { id: trade.fillId, at: trade.filledAt, tone, text: fillText(trade, naming) };
};
