import type { Instrument, Rules } from './contract';
import { priceText } from './display';
import { divideNearest } from './display-rounding';
import type { DoubtWords } from './doubts';
import { unitOf } from './naming';
import type { Quote } from './quotes';
import { readPrice } from './read-decimal';

export type Primary = Rules['execution']['primary'];
type Told = NonNullable<Quote['venues']>[number];
type State = Told[1];
type Priced = Pick<Quote, 'bid' | 'ask' | 'venues'>;

export const VENUE_NAMES: Readonly<Record<Instrument['venue'], string>> = {
  binance: 'Binance',
  kraken: 'Kraken',
  coinbase: 'Coinbase',
  polymarket: 'Polymarket',
  kalshi: 'Kalshi',
};

/** Their prices are in tethers, not in dollars. */
const IN_TETHERS: ReadonlySet<Instrument['venue']> = new Set(['binance']);

const WHY: Readonly<Record<Exclude<State, 'good' | 'disagrees'>, string>> = {
  gapped: 'a part of its book was lost on the way',
  crossed: 'its bid meets its ask',
  stale: 'it is not connected',
  halted: 'it does not trade this coin now',
  silent: 'nothing was heard of it for more than 5 seconds',
  one_sided: 'nobody buys there, or nobody sells',
  thin: 'what it shows is worth too little',
  unconverted: 'nobody can say what a tether is worth',
};

export type VenueLine = {
  readonly venue: Instrument['venue'];
  readonly name: string;
  readonly bid: string | null;
  readonly ask: string | null;
  readonly isInTethers: boolean;
  /** Why it has no part in the mark; undefined of one that has. */
  readonly why: string | undefined;
};

/** What each venue says of a coin, by name; of an outcome, which has one venue, nothing. */
export const venueLines = (quote: Priced): readonly VenueLine[] =>
  (quote.venues ?? []).map((told) => {
    const [venue, state, bid, ask] = told;
    const why = state === 'good' ? undefined : state === 'disagrees' ? distanceText(told, quote) : WHY[state];
    return { venue, name: VENUE_NAMES[venue], bid, ask, isInTethers: IN_TETHERS.has(venue), why };
  });

/** How far the middle of a venue lies from the mark, or from that of the others where there is none. */
function distanceText(told: Told, { bid, ask, venues = [] }: Priced): string {
  const own = middleOf(told[2], told[3]);
  const others = venues
    .filter((other) => other !== told && (other[1] === 'good' || other[1] === 'disagrees'))
    .flatMap(([, , low, high]) => middleOf(low, high) ?? []);
  const centre = middleOf(bid?.[0], ask?.[0]) ?? middle(others);
  if (own === undefined || centre === undefined || centre === 0n) return 'its price is not that of the others';
  const tenths = divideNearest((own < centre ? centre - own : own - centre) * 1_000n, centre);
  if (tenths < 10n) return 'its bid or its ask is not that of the others';
  const percent = tenths < 100n ? `${tenths / 10n}.${tenths % 10n}` : `${divideNearest(tenths, 10n)}`;
  return `its price is ${percent} % from the others`;
}

const middleOf = (bid: string | null | undefined, ask: string | null | undefined): bigint | undefined =>
  bid && ask ? (readPrice(bid) + readPrice(ask)) / 2n : undefined;

const middle = (values: readonly bigint[]): bigint | undefined =>
  [...values].sort((a, b) => (a < b ? -1 : 1))[values.length >> 1];

export type Touch = { readonly bid: string | undefined; readonly ask: string | undefined };

/** What an order of the account would meet: the best of its own venue, while that is among those that agree. */
export function touchAt(quote: Priced | undefined, primary: Primary): Touch {
  if (!quote?.venues) return { bid: quote?.bid?.[0], ask: quote?.ask?.[0] };
  const own = quote.venues.find(([venue]) => venue === primary);
  if (!quote.bid || own?.[1] !== 'good') return { bid: undefined, ask: undefined };
  return { bid: own[2] ?? undefined, ask: own[3] ?? undefined };
}

/** The mark beside what an order would meet; undefined where they show the same. */
export function markText({ bid, ask, venues }: Priced, touch: Touch, tick: string): string | undefined {
  if (!venues || !bid || !ask) return undefined;
  const [low, high] = [priceText(bid[0], tick), priceText(ask[0], tick)];
  const isSame = touch.bid && touch.ask && priceText(touch.bid, tick) === low && priceText(touch.ask, tick) === high;
  return isSame ? undefined : `Mark ${low} / ${high}: positions and stops go by it`;
}

/** What a trader should know of a coin that is held or looked at: that nobody can trade it, or not at the own venue. */
export function venueNotices(instrument: Instrument, quote: Quote, primary: Primary): readonly DoubtWords[] {
  const lines = venueLines(quote);
  if (lines.length === 0) return [];
  const unit = unitOf(instrument);
  if (quote.quality === 'unconfirmed') {
    const outs = lines.flatMap((line) => (line.why === undefined ? [] : [outText(line)]));
    const why = outs.length > 0 ? `${outs.join('; ')}. ` : 'Only one venue is heard. ';
    const done = 'Fewer than two venues agree on a price: orders are refused, and no account is judged by it.';
    return [{ title: `The price of ${unit} is unconfirmed`, text: `${why}${done}` }];
  }
  const own = lines.find(({ venue }) => venue === primary);
  if (own && own.why === undefined) return [];
  const others = lines.filter(({ why }) => why === undefined).map(({ name }) => name);
  const why = own ? outText(own) : `${VENUE_NAMES[primary]} has not been heard of`;
  const done = `Your orders are refused until it is back. What you hold is still valued, by ${listText(others)}.`;
  return [{ title: `No order in ${unit} fills at ${VENUE_NAMES[primary]} now`, text: `${why}. ${done}` }];
}

const outText = ({ name, why }: VenueLine): string => `${name} is left out: ${why}`;

const listText = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
