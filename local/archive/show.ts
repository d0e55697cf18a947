import { instant, isoText } from '../../domain/kernel/instant';
import { joinedFrames } from '../../usecases/archive/joined-frames';
import { missingSpans } from '../../usecases/archive/missing-spans';
import { venuesOf } from '../../usecases/archive/window-of';
import type { ArchiveReader, Span, Tick } from '../../usecases/ports/archive/archive';
import type { ShowArguments } from './arguments';

/** Where lines go; it resolves when there is room for more. */
export type Say = (line: string) => Promise<void>;

export type Shown = { readonly ticks: number; readonly frames: number; readonly missing: readonly Span[] };

/** An event that a publisher sent twice is on the topic twice, so close together. */
const REMEMBERED = 4_096;

/** Writes what is kept of an instrument, row by row as it is read. */
export async function show(reader: ArchiveReader, asked: ShowArguments, say: Say): Promise<Shown> {
  const { instrument, span, json } = asked;
  const venues = new Set<string>();
  const told = new Set<string>();
  let [ticks, frames] = [0, 0];
  for await (const tick of reader.ticks(span, [instrument])) {
    const { eventId } = readTold(tick.body);
    if (eventId !== undefined && told.has(eventId)) continue;
    if (eventId !== undefined) told.add(eventId);
    if (told.size > REMEMBERED) told.delete(told.values().next().value as string);
    for (const venue of venuesOf(tick)) venues.add(venue);
    ticks += 1;
    if (!asked.frames) await say(json ? tick.body : lineOf(tick));
  }
  if (asked.frames) {
    for await (const frame of joinedFrames(reader.frames(span, [...venues].sort()))) {
      frames += 1;
      const { venue, connection, receivedAt, kind, text } = frame;
      const line = `${isoText(instant(receivedAt))}  ${venue}  ${connection.split('/').pop()}  ${text}`;
      await say(json ? JSON.stringify({ venue, connection, receivedAt, kind, text }) : line);
    }
  }
  return { ticks, frames, missing: missingSpans(span, await reader.covered(span)) };
}

type Told = {
  readonly eventId?: string;
  readonly data?: {
    readonly quality?: string;
    readonly bid?: Level | null;
    readonly ask?: Level | null;
    readonly price?: string;
    readonly qty?: string;
    readonly taker?: string;
    readonly status?: string;
  };
};
type Level = { readonly price: string; readonly qty: string };

function lineOf({ occurredAt, type, sequence, body }: Tick): string {
  const head = `${isoText(instant(occurredAt))}  ${type.replace('market-data.', '').padEnd(6)}`;
  const { data } = readTold(body);
  if (!data) return `${head}  ${body}`;
  const { quality, bid, ask, price, qty, taker, status } = data;
  if (type === 'market-data.quote') {
    return `${head}  ${String(sequence).padStart(8)}  ${quality?.padEnd(7)}  ${levelOf(bid)}  |  ${levelOf(ask)}`;
  }
  return type === 'market-data.trade' ? `${head}  ${taker} ${qty} at ${price}` : `${head}  ${status ?? body}`;
}

const levelOf = (level: Level | null | undefined): string => (level ? `${level.qty} at ${level.price}` : 'nothing');

function readTold(body: string): Told {
  try {
    return JSON.parse(body) as Told;
  } catch {
    return {};
  }
}

/** What a person should know beside the rows. */
export function summaryOf(
  { ticks, frames, missing }: Shown,
  { instrument, span, frames: asked }: ShowArguments,
): string {
  const rows = asked ? `${frames} frames of its venues` : `${ticks} events of ${instrument}`;
  const lines = [`${rows} from ${isoText(instant(span.from))} to ${isoText(instant(span.to))}`];
  for (const { from, to } of missing) {
    lines.push(`nothing is kept from ${isoText(instant(from))} to ${isoText(instant(to))}`);
  }
  return lines.join('\n');
}
