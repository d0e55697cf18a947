import { VenueRest } from '../../adapters/venues/rest';
import { type Connection, VenueSession } from '../../adapters/venues/session';
import type { Instant } from '../../domain/kernel/instant';
import { systemClock } from '../../runtime/edge';
import { VENUES } from '../fixtures/venues/venue-cases';
import type { VenueLab } from '../fixtures/venues/venue-lab';

const FRAMES = 20_000;
const PASSES = 9;
const PART = 1_000;

/**
 * Frames of each venue as its simulator sends them, taken down once and then given to its connector again and again:
 * `JSON.parse` of the same texts alone, beside the whole of parse, validate, gap check, book and quote. `-- ingest
 * kraken` measures this one alone.
 */
export async function run(): Promise<Record<string, number>> {
  const rows = new Map<string, Row>();
  const wanted = process.argv.slice(3);
  for (const { venue, open } of VENUES) {
    if (wanted.length === 0 || wanted.includes(venue)) rows.set(venue, await measure(open));
  }
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
  const source = await opened(open, 'source');
  try {
    const beginning = source.frames.length;
    await source.lab.until(() => source.frames.length >= beginning + FRAMES, source.lab.step);
    const [begun, frames] = [source.frames.slice(0, beginning), source.frames.slice(beginning)];
    const [parses, takes]: [number[][], number[][]] = [[], []];
    let books = 0;
    for (const follower of followers) {
      const { lab } = follower;
      await begin(follower, begun, source.goodBooks());
      const before = lab.feed.health();
      lab.forget();
      lab.isForgetful = true;
      lab.good = 0;
      parses.push(partsOf(frames).map((part) => tookMs(() => part.forEach(({ text }) => void JSON.parse(text)))));
      takes.push(partsOf(frames).map((part) => tookMs(() => give(follower, part))));
      await new Promise(setImmediate);
      books = lab.good;
      const { gaps, framesDropped } = lab.feed.health();
      if (books === 0 || gaps + framesDropped > before.gaps + before.framesDropped)
        throw new Error(`${gaps} gaps, ${framesDropped} not read, ${books} books`);
    }
    const [parse, take] = [quickest(parses), quickest(takes)];
    const bytes = frames.reduce((sum, { text }) => sum + text.length, 0) / frames.length;
    return {
      ratio: Math.round((parse / take) * 1_000) / 1_000,
      messagesPerSecond: Math.round((frames.length / take) * 1_000),
      bytes: Math.round(bytes),
      books,
    };
  } finally {
    rest.answers.clear();
    await Promise.all([source, ...followers].map(({ lab }) => lab.close()));
  }
}

/**
 * A connection that was lost begins anew with what came over the other one until its books were good. What was told
 * before is of another market: no book goes on from it, and REST answers as it did there.
 */
async function begin(follower: Opened, frames: readonly Frame[], books: number): Promise<void> {
  const { lab, connection } = follower;
  follower.isReplaying = true;
  rest.isReplaying = true;
  connection.onLost();
  lab.books.clear();
  connection.onOpen();
  give(follower, frames);
  await lab.until(() => follower.goodBooks() === books);
  rest.isReplaying = false;
}

/** Each frame at its own time. */
function give({ connection: { onText } }: Opened, frames: readonly Frame[]): void {
  const clock = systemClock as { now: typeof systemClock.now };
  const { now } = clock;
  let at = now();
  clock.now = () => at;
  for (const frame of frames) {
    at = frame.at;
    onText(frame.text, at);
  }
  clock.now = now;
}

type Frame = { readonly text: string; readonly at: Instant };

type Opened = {
  readonly lab: VenueLab;
  readonly connection: Connection;
  /** All that came over the connection. */
  readonly frames: Frame[];
  readonly goodBooks: () => number;
  /** What its own simulator says is of no concern to it any more. */
  isReplaying: boolean;
};

/** What REST answered last to the one whose frames are taken down, while its books came. */
const rest = { answers: new Map<string, unknown>(), isTakenDown: false, isReplaying: false };
const { json } = VenueRest.prototype;
VenueRest.prototype.json = async function (path) {
  if (rest.isReplaying && rest.answers.has(path)) return rest.answers.get(path);
  const { isTakenDown } = rest;
  const answer = await json.call(this, path);
  if (isTakenDown) rest.answers.set(path, answer);
  return answer;
};

/** Follows a simulator until all its books are good. */
async function opened(open: () => Promise<VenueLab>, role: 'source' | 'follower' = 'follower'): Promise<Opened> {
  const frames: Frame[] = [];
  let begun: Connection | undefined;
  const follower: { isReplaying: boolean } = { isReplaying: false };
  const { connection } = VenueSession.prototype;
  VenueSession.prototype.connection = function (one) {
    begun = one;
    const onText: Connection['onText'] = (text, now) => {
      if (follower.isReplaying) return;
      // What is not JSON is a venue's sign of life.
      if (role === 'source' && text !== 'PONG') frames.push({ text, at: now });
      one.onText(text, now);
    };
    return connection.call(this, { ...one, onText });
  };
  rest.isTakenDown = role === 'source';
  try {
    const lab = await open();
    const goodBooks = () => [...lab.books.values()].filter(({ quality }) => quality === 'good').length;
    const isOpen = () => [...lab.instruments.values()].filter(({ status }) => status === 'open').length;
    await lab.until(() => lab.books.size > 0 && goodBooks() === isOpen());
    if (!begun) throw new Error('a feed has a connection');
    return Object.assign(follower, { connection: begun, frames, lab, goodBooks });
  } finally {
    VenueSession.prototype.connection = connection;
    rest.isTakenDown = false;
  }
}

const partsOf = (frames: readonly Frame[]): readonly (readonly Frame[])[] =>
  Array.from({ length: Math.ceil(frames.length / PART) }, (_, at) => frames.slice(at * PART, (at + 1) * PART));

/** The sum of the parts, each as quick as it ever was: what else the machine did meanwhile is no cost of ours. */
const quickest = (passes: readonly (readonly number[])[]): number =>
  (passes[0] ?? []).reduce((sum, _, part) => sum + Math.min(...passes.map((pass) => pass[part] ?? 0)), 0);

function tookMs(work: () => void): number {
  const begunAt = performance.now();
  work();
  return performance.now() - begunAt;
}
