import { DAY_MS, type Instant } from '../../../kernel/instant';
import { invariant } from '../../../kernel/invariant';
import { ZONE_DATA } from './zone-data';

/** The two changes of every later year, in minutes: a day of a month, a week and a weekday, and how far into it. */
type Change = { readonly month: number; readonly week: number; readonly weekday: number; readonly minute: number };

/** Offsets east of UTC in minutes. */
type Zone = {
  readonly first: number;
  readonly changes: readonly { readonly at: number; readonly offset: number }[];
  readonly standard: number;
  readonly summer?: { readonly offset: number; readonly from: Change; readonly until: Change };
};

const MINUTE_MS = 60_000;

/** Whether the table knows the zone by this name, which may be an old one. */
export const isZone = (name: string): boolean => zoneTexts().has(name);

/** What a zone's clocks are ahead of UTC at this instant, in milliseconds; before 2010 as they were then. */
export function offsetMs(name: string, at: Instant): number {
  const { first, changes, standard, summer } = zoneOf(name);
  const last = changes.at(-1);
  if (summer && (last === undefined || at >= last.at)) return ruledOffset(standard, summer, at) * MINUTE_MS;
  let offset = first;
  for (const change of changes) {
    if (change.at > at) break;
    offset = change.offset;
  }
  return offset * MINUTE_MS;
}

function ruledOffset(standard: number, summer: NonNullable<Zone['summer']>, at: Instant): number {
  const year = new Date(at + standard * MINUTE_MS).getUTCFullYear();
  const from = instantOf(summer.from, year, standard);
  const until = instantOf(summer.until, year, summer.offset);
  // South of the equator summer begins late in a year and ends early in the next.
  const isSummer = from < until ? at >= from && at < until : at >= from || at < until;
  return isSummer ? summer.offset : standard;
}

/** `offset`: what the clocks are ahead until then. Week 5 is the last of the month. */
function instantOf({ month, week, weekday, minute }: Change, year: number, offset: number): number {
  const first = Date.UTC(year, month - 1, 1);
  const days = Date.UTC(year, month, 1) - first;
  let into = ((weekday - new Date(first).getUTCDay() + 7) % 7) + (week - 1) * 7;
  while (into * DAY_MS >= days) into -= 7;
  return first + into * DAY_MS + (minute - offset) * MINUTE_MS;
}

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const text = zoneTexts().get(name);
  invariant(text !== undefined, `${name} is a time zone`);
  const zone = readZone(text);
  zones.set(name, zone);
  return zone;
}

let texts: ReadonlyMap<string, string> | undefined;

/** What the table says of each zone, by all its names. */
function zoneTexts(): ReadonlyMap<string, string> {
  if (texts) return texts;
  const groups = ZONE_DATA.trim().replaceAll('\n', ' ').split('; ');
  texts = new Map(
    groups.flatMap((group) => {
      const [changes = '', rule = '', names = ''] = group.split('|');
      return names.split(' ').map((name) => [name, `${changes}|${rule}`] as const);
    }),
  );
  return texts;
}

/** `60 abc12 120|60 120 3.5.0/120 10.5.0/180`: changes by their minute in base 36. */
function readZone(text: string): Zone {
  const [history = '', rule = ''] = text.split('|');
  const [first, ...told] = history.split(' ');
  const changes = Array.from({ length: told.length / 2 }, (_, nth) => ({
    at: Number.parseInt(told[2 * nth] ?? '', 36) * MINUTE_MS,
    offset: Number(told[2 * nth + 1]),
  }));
  const [standard, summer, from, until] = rule.split(' ');
  const zone = { first: Number(first), changes, standard: Number(standard) };
  if (from === undefined || until === undefined) return zone;
  return { ...zone, summer: { offset: Number(summer), from: changeOf(from), until: changeOf(until) } };
}

function changeOf(text: string): Change {
  const [month = 0, week = 0, weekday = 0, minute = 0] = text.split(/[./]/).map(Number);
  return { month, week, weekday, minute };
}
