import { type Instant, instant, isoText, plusMs } from '../../domain/kernel/instant';
import type { ArchiveReader, Frame, Span, Stored, Tick, VerdictKeeper } from '../ports/archive/archive';
import type { OwedWindow, OwedWindows } from '../ports/archive/owed-windows';
import type { Clock, Digest } from '../ports/clock-and-ids';
import { missingSpans } from './missing-spans';
import { concernedBy, venuesOf, windowAround } from './window-of';

export type KeepWindowsParts = {
  readonly owed: OwedWindows;
  readonly reader: ArchiveReader;
  readonly keeper: VerdictKeeper;
  readonly digest: Digest;
  readonly clock: Clock;
  /** So long ticks and frames are there to be kept. */
  readonly archiveMs: number;
  readonly onFailure: (error: unknown, owed: OwedWindow) => void;
};

export type Kept = {
  readonly kept: number;
  /** What is owed still, and the oldest verdict of it. */
  readonly owed: number;
  readonly oldest: Instant | undefined;
};

/** The first line of `manifest.json`: readers of a later form are told by it. */
const FORMAT = 1;
const AT_ONCE_MAX = 50;
/** One file has so much text; a window of a busy venue has several. */
const FILE_CHARS_MAX = 16_000_000;

/**
 * Keeps what was told and said around verdicts for ever, each window once all of it is stored. What fails, or is broken
 * off, is owed still and done again from its beginning: the same files come out.
 */
export const keepWindows =
  (parts: KeepWindowsParts) =>
  async (storedUntil: Instant | undefined): Promise<Kept> => {
    const { owed, clock, archiveMs, onFailure } = parts;
    const all = await owed.list(plusMs(clock.now(), -archiveMs), AT_ONCE_MAX);
    const left: OwedWindow[] = [];
    for (const window of all) {
      const isStored = storedUntil !== undefined && windowAround(window.at).to <= storedUntil;
      if (!isStored) {
        left.push(window);
        continue;
      }
      try {
        await keep(parts, window);
      } catch (error) {
        left.push(window);
        onFailure(error, window);
      }
    }
    return { kept: all.length - left.length, owed: left.length, oldest: left[0]?.at };
  };

async function keep(parts: KeepWindowsParts, { accountId, verdictId, at, evidence }: OwedWindow): Promise<void> {
  const { reader, keeper, owed, digest, clock } = parts;
  const span = windowAround(at);
  const { instruments, venues } = concernedBy(evidence);
  const named = new Set(venues);
  const heard = new Set<string>();
  const onTick = (tick: Tick) => {
    heard.add(tick.instrument);
    for (const venue of venuesOf(tick)) named.add(venue);
  };
  const ticks = instruments.length > 0 ? seen(reader.ticks(span, instruments), onTick) : none<Tick>();
  const files = await inFiles(ticks, 'ticks', (name, rows) => keeper.keepTicks(verdictId, name, rows));
  for (const venue of [...named].sort()) {
    const frames = reader.frames(span, [venue]);
    const kept = await inFiles(frames, `frames-${venue}`, (name, rows) => keeper.keepFrames(verdictId, name, rows));
    files.push(...kept);
  }
  const missing = missingSpans(span, await reader.covered(span));
  const silent = instruments.filter((one) => !heard.has(one));
  const manifest = manifestText({
    verdictId,
    at,
    span,
    instruments,
    venues: [...named].sort(),
    silent,
    missing,
    files,
  });
  await keeper.keepText(verdictId, 'manifest.json', manifest);
  await owed.kept(accountId, verdictId, clock.now(), digest.sha256(manifest));
}

type Manifest = {
  readonly verdictId: string;
  readonly at: Instant;
  readonly span: Span;
  readonly instruments: readonly string[];
  readonly venues: readonly string[];
  /** Instruments of which nothing was told within the window. */
  readonly silent: readonly string[];
  /** Within which nothing at all was stored. */
  readonly missing: readonly Span[];
  readonly files: readonly Stored[];
};

const manifestText = ({ at, span, missing, ...rest }: Manifest): string => {
  const iso = ({ from, to }: Span) => ({ from: isoText(instant(from)), to: isoText(instant(to)) });
  const text = JSON.stringify(
    { format: FORMAT, at: isoText(at), ...iso(span), missing: missing.map(iso), ...rest },
    null,
    2,
  );
  return `${text}\n`;
};

/** Rows into files of a bounded size, numbered from 0. */
async function inFiles<Row extends Tick | Frame>(
  rows: AsyncIterable<Row>,
  name: string,
  store: (name: string, rows: readonly Row[]) => Promise<Stored>,
): Promise<Stored[]> {
  const files: Stored[] = [];
  let some: Row[] = [];
  let size = 0;
  const flush = async () => {
    if (some.length === 0) return;
    files.push(await store(`${name}-${String(files.length).padStart(3, '0')}`, some));
    some = [];
    size = 0;
  };
  for await (const row of rows) {
    some.push(row);
    size += 'body' in row ? row.body.length : row.text.length;
    if (size >= FILE_CHARS_MAX) await flush();
  }
  await flush();
  return files;
}

async function* seen<Row>(rows: AsyncIterable<Row>, onRow: (row: Row) => void): AsyncGenerator<Row> {
  for await (const row of rows) {
    onRow(row);
    yield row;
  }
}

async function* none<Row>(): AsyncGenerator<Row> {}
