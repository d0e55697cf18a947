import { ZONES_VERSION } from '../../../../domain/assessment/rules/zones/zone-data';
import { isZone, offsetMs } from '../../../../domain/assessment/rules/zones/zone-table';
import { instant } from '../../../../domain/kernel/instant';

const [DAY_MS, HOUR_MS] = [86_400_000, 3_600_000];
const [FROM, UNTIL] = [Date.UTC(2020, 0, 1), Date.UTC(2041, 0, 1)];
const offset = (zone: string, at: number): number => offsetMs(zone, instant(at));

/** What this runtime's own data say, which are of one version with the table: `npm run zones` writes it anew. */
function runtimeOffset(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const [, sign, hours = 0, minutes = 0] = /GMT(?:([-+])(\d+):(\d+))?/.exec(format.format(at)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
}

/** Where the table changes between these two, to the millisecond; a change and its undoing in between are one too few. */
function changeWithin(zone: string, from: number, until: number): number {
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(zone, middle) === offset(zone, from)) low = middle;
    else high = middle;
  }
  return high;
}

/** Goal: every process cuts days alike, and as the world does: all zones, 2020 to 2040, to the millisecond. */
test('the table says what the runtime says, of every zone that the runtime knows', () => {
  expect(ZONES_VERSION).toBe(process.versions.tz);
  const differing = Intl.supportedValuesOf('timeZone').filter((zone) => {
    if (!isZone(zone)) return true;
    const expected = runtimeOffset(zone);
    for (let at = FROM; at < UNTIL; at += 10 * DAY_MS) {
      if (offset(zone, at) !== expected(at)) return true;
      if (offset(zone, at) === offset(zone, at + 10 * DAY_MS)) continue;
      const change = changeWithin(zone, at, at + 10 * DAY_MS);
      if ([change - 1, change].some((moment) => offset(zone, moment) !== expected(moment))) return true;
    }
    return false;
  });
  expect(differing).toEqual([]);
}, 60_000);

/** Goal: names on which runtimes disagree, old ones among them, are told alike by all. */
test.each`
  zone                  | moment                    | hours
  ${'CET'}              | ${'2026-07-01T00:00:00Z'} | ${2}
  ${'CET'}              | ${'2026-01-01T00:00:00Z'} | ${1}
  ${'EST5EDT'}          | ${'2026-07-01T00:00:00Z'} | ${-4}
  ${'America/Asuncion'} | ${'2026-07-01T00:00:00Z'} | ${-3}
  ${'America/Asuncion'} | ${'2024-07-01T00:00:00Z'} | ${-4}
  ${'Asia/Calcutta'}    | ${'2026-07-01T00:00:00Z'} | ${5.5}
  ${'Europe/Dublin'}    | ${'2038-01-01T00:00:00Z'} | ${0}
  ${'Europe/Dublin'}    | ${'2038-07-01T00:00:00Z'} | ${1}
  ${'Pacific/Auckland'} | ${'2039-01-01T00:00:00Z'} | ${13}
  ${'Asia/Gaza'}        | ${'2035-12-31T00:00:00Z'} | ${2}
  ${'UTC'}              | ${'1960-01-01T00:00:00Z'} | ${0}
`('$zone is $hours hours ahead at $moment', ({ zone, moment, hours }) => {
  expect(offset(zone, Date.parse(moment)) / HOUR_MS).toBe(hours);
});

test.each(['+02:00', 'europe/berlin', 'Factory', 'localtime', '', 'GMT+25'])('%s is no zone', (name) => {
  expect(isZone(name)).toBe(false);
  expect(() => offset(name, FROM)).toThrow('is a time zone');
});
