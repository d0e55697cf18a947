import { type Connection, VenueSession } from '../../adapters/venues/session';
import type { Instant } from '../../domain/kernel/instant';
import { systemClock } from '../../runtime/edge';
import { VENUES } from '../fixtures/venues/venue-cases';
import type { VenueLab } from '../fixtures/venues/venue-lab';

const FRAMES = 20_000;
const PASSES = 7;

/**
 * Frames of each venue as its simulator sends them, taken down once and then given to its connector again and again:
 * `JSON.parse` of the same texts alone, beside the whole of parse, validate, gap check, book and quote.
 */
export async function run(): Promise<Record<string, number>> {
  const rows = new Map<string, Row>();
  for (const { venue, open } of VENUES) rows.set(venue, await measure(open));
  console.table(Object.fromEntries(rows));
  const ratios = [...rows].map(([venue, { ratio }]) => [`${venue}Ratio`, ratio] as const);
  const least = [...rows.values()].reduce((one, other) => (other.ratio < one.ratio ? other : one));
  return { ...Object.fromEntries(ratios), ratio: least.ratio, messagesPerSecond: least.messagesPerSecond };
}

type Row = {
  readonly ratio: number;
  readonly messagesPerSecond: number;
  readonly bytes: number;
  readonly books: number;
};

async function measure(open: () => Promise<VenueLab>): Promise<Row> {
  // A connector takes nothing from before what it knows: those that are given the frames have begun before them.
  const followers: Opened[] = [];
  while (followers.length < PASSES) followers.push(await opened(open));
  const { frames, ...source } = await takenDown(open);
  try {
    const [parses, takes]: [number[], number[]] = [[], []];
    let books = 0;
    for (const { connection, lab } of followers) {
      lab.forget();
      parses.push(tookMs(() => frames.forEach(({ text }) => void JSON.parse(text))));
      takes.push(tookMs(() => again(connection, frames)));
      await new Promise(setImmediate);
      books = lab.history.filter(({ quality }) => quality === 'good').length;
      const { gaps, framesDropped } = lab.feed.health();
      if (books === 0 || gaps + framesDropped > 0)
        throw new Error(`${gaps} gaps, ${framesDropped} not read, ${books} books`);
    }
    const [parse, take] = [median(parses), median(takes)];
    const bytes = frames.reduce((sum, { text }) => sum + text.length, 0) / frames.length;
    return {
      ratio: Math.round((parse / take) * 1_000) / 1_000,
      messagesPerSecond: Math.round((frames.length / take) * 1_000),
      bytes: Math.round(bytes),
      books,
    };
  } finally {
    await Promise.all([source, ...followers].map(({ lab }) => lab.close()));
  }
}

/** A connection begun anew, and all that came over it, each frame at its own time. */
function again({ onOpen, onText }: Connection, frames: readonly Frame[]): void {
  const clock = systemClock as { now: typeof systemClock.now };
  const { now } = clock;
  let at = now();
  clock.now = () => at;
  onOpen();
  for (const frame of frames) {
    at = frame.at;
    onText(frame.text, at);
  }
  clock.now = now;
}

type Frame = { readonly text: string; readonly at: Instant };

type Opened = { readonly lab: VenueLab; readonly connection: Connection; readonly frames: Frame[] };

/** Follows a simulator, and takes down what comes over the connection. */
async function opened(open: () => Promise<VenueLab>): Promise<Opened> {
  const frames: Frame[] = [];
  let begun: Connection | undefined;
  const { connection } = VenueSession.prototype;
  VenueSession.prototype.connection = function (one) {
    begun = one;
    const onText: Connection['onText'] = (text, now) => {
      // What is not JSON is a venue's sign of life.
      if (frames.length < FRAMES && text !== 'PONG') frames.push({ text, at: now });
      one.onText(text, now);
    };
    return connection.call(this, { ...one, onText });
  };
  try {
    const lab = await open();
    await lab.until(() => [...lab.books.values()].some(({ quality }) => quality === 'good'));
    if (!begun) throw new Error('a feed has a connection');
    return { connection: begun, frames, lab };
  } finally {
    VenueSession.prototype.connection = connection;
  }
}

/** All of it from the beginning of its connection, while its market goes on as fast as it can. */
async function takenDown(open: () => Promise<VenueLab>): Promise<Opened> {
  const source = await opened(open);
  await source.lab.until(() => source.frames.length >= FRAMES, source.lab.step);
  return source;
}

function tookMs(work: () => void): number {
  const begunAt = performance.now();
  work();
  return performance.now() - begunAt;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
