/** What a number since 1970 counts in: the ranges from 2001 to 2100 do not meet, so its size tells. */
const UNITS = [
  { unit: 'seconds', perMs: 1 / 1_000 },
  { unit: 'milliseconds', perMs: 1 },
  { unit: 'microseconds', perMs: 1_000 },
  { unit: 'nanoseconds', perMs: 1_000_000 },
] as const;

const FROM = Date.UTC(2001, 8, 9, 1, 46, 40);
const UNTIL = Date.UTC(2100, 0, 1);

export type ReadTime = { readonly at: number; readonly writing: (typeof UNITS)[number]['unit'] | 'date and time' };

const DATE =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?$/i;

/** Epoch time of any unit, or an ISO date; without a zone it is UTC. Undefined for anything else. */
export function readTime(cell: string): ReadTime | undefined {
  const [, whole] = /^(\d{9,19})(?:[.,]\d*)?$/.exec(cell) ?? [];
  if (whole !== undefined) return readEpoch(Number(whole));
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = DATE.exec(cell) ?? [];
  if (year === undefined) return undefined;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = parts;
  const local = Date.UTC(y, m - 1, d, h, min, s);
  // A 30th of February would be taken for the 2nd of March.
  const written = new Date(local).toISOString().slice(0, 19);
  const isReal = written === `${year}-${month}-${day}T${hour.padStart(2, '0')}:${pad(minute)}:${pad(second)}`;
  return isReal ? { at: local + milliseconds(fraction) - offsetMs(zone), writing: 'date and time' } : undefined;
}

/** Why a cell is no time, where there is more to say than that. */
export const timeComplaint = (cell: string): string =>
  /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}/.test(cell)
    ? `"${cell}" leaves open which is the day and which the month: write 2022-01-31 00:00`
    : `must be seconds, milliseconds or microseconds since 1970, or 2022-01-31 00:00, is "${cell}"`;

function readEpoch(value: number): ReadTime | undefined {
  for (const { unit, perMs } of UNITS) {
    const at = value / perMs;
    if (at >= FROM && at < UNTIL) return { at: Math.floor(at), writing: unit };
  }
  return undefined;
}

const pad = (text: string): string => text.padStart(2, '0');

const milliseconds = (fraction: string): number => Number(fraction.padEnd(3, '0').slice(0, 3));

function offsetMs(zone: string): number {
  const [, sign, hours, minutes] = /^([-+])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -ms : ms;
}
