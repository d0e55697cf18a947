import fc from 'fast-check';
import { type DayCut, localWallMs, tradingDayAt } from '../../../../domain/assessment/rules/trading-day';
import { isZone as isInTable } from '../../../../domain/assessment/rules/zones/zone-table';
import { type Instant, instant, isoText, plusMs } from '../../../../domain/kernel/instant';

const HOUR_MS = 3_600_000;
const at = (text: string): Instant => instant(Date.parse(text));
const cutAt = (text: string): DayCut => {
  const [dayZone = '', dayResetAt = ''] = text.split(' ');
  return { dayZone, dayResetAt };
};

/** Goal: the clock vectors. A cut is a zone and the local time of its reset; days are named after their beginning. */
test.each`
  cut                         | day             | starts                | ends                  | hours
  ${'Europe/Prague 00:00'}    | ${'2026-03-28'} | ${'2026-03-27T23:00'} | ${'2026-03-28T23:00'} | ${24}
  ${'Europe/Prague 00:00'}    | ${'2026-03-29'} | ${'2026-03-28T23:00'} | ${'2026-03-29T22:00'} | ${23}
  ${'Europe/Prague 00:00'}    | ${'2026-03-30'} | ${'2026-03-29T22:00'} | ${'2026-03-30T22:00'} | ${24}
  ${'Europe/Prague 00:00'}    | ${'2026-10-24'} | ${'2026-10-23T22:00'} | ${'2026-10-24T22:00'} | ${24}
  ${'Europe/Prague 00:00'}    | ${'2026-10-25'} | ${'2026-10-24T22:00'} | ${'2026-10-25T23:00'} | ${25}
  ${'Europe/Prague 00:00'}    | ${'2026-10-26'} | ${'2026-10-25T23:00'} | ${'2026-10-26T23:00'} | ${24}
  ${'America/New_York 17:00'} | ${'2026-03-06'} | ${'2026-03-06T22:00'} | ${'2026-03-07T22:00'} | ${24}
  ${'America/New_York 17:00'} | ${'2026-03-07'} | ${'2026-03-07T22:00'} | ${'2026-03-08T21:00'} | ${23}
  ${'America/New_York 17:00'} | ${'2026-03-08'} | ${'2026-03-08T21:00'} | ${'2026-03-09T21:00'} | ${24}
  ${'America/New_York 17:00'} | ${'2026-10-31'} | ${'2026-10-31T21:00'} | ${'2026-11-01T22:00'} | ${25}
  ${'America/New_York 17:00'} | ${'2026-11-01'} | ${'2026-11-01T22:00'} | ${'2026-11-02T22:00'} | ${24}
  ${'UTC 00:30'}              | ${'2026-03-29'} | ${'2026-03-29T00:30'} | ${'2026-03-30T00:30'} | ${24}
  ${'UTC 00:30'}              | ${'2026-12-31'} | ${'2026-12-31T00:30'} | ${'2027-01-01T00:30'} | ${24}
  ${'UTC 00:00'}              | ${'2028-02-29'} | ${'2028-02-29T00:00'} | ${'2028-03-01T00:00'} | ${24}
  ${'UTC 23:59'}              | ${'2026-03-29'} | ${'2026-03-29T23:59'} | ${'2026-03-30T23:59'} | ${24}
  ${'Asia/Tokyo 09:00'}       | ${'2026-06-01'} | ${'2026-06-01T00:00'} | ${'2026-06-02T00:00'} | ${24}
  ${'Asia/Kathmandu 00:00'}   | ${'2026-06-01'} | ${'2026-05-31T18:15'} | ${'2026-06-01T18:15'} | ${24}
  ${'Pacific/Auckland 00:00'} | ${'2026-04-05'} | ${'2026-04-04T11:00'} | ${'2026-04-05T12:00'} | ${25}
`('$cut: $day lasts $hours hours', ({ cut, day, starts, ends, hours }) => {
  const [startsAt, endsAt] = [at(`${starts}:00Z`), at(`${ends}:00Z`)];
  const expected = { day, startsAt, endsAt };
  expect(tradingDayAt(startsAt, cutAt(cut))).toEqual(expected);
  expect(tradingDayAt(plusMs(startsAt, 12 * HOUR_MS), cutAt(cut))).toEqual(expected);
  expect(tradingDayAt(plusMs(endsAt, -1), cutAt(cut))).toEqual(expected);
  expect((endsAt - startsAt) / HOUR_MS).toBe(hours);
});

/** Goal: resets that the clocks skip, repeat, or jump over. Gap: the first instant after it. Twice: the first time. */
test.each`
  story                                                 | cut                            | moment                    | day             | starts                | ends
  ${'skipped: just before the gap'}                     | ${'Europe/Prague 02:30'}       | ${'2026-03-29T00:59:59Z'} | ${'2026-03-28'} | ${'2026-03-28T01:30'} | ${'2026-03-29T01:00'}
  ${'skipped: the first instant after the gap'}         | ${'Europe/Prague 02:30'}       | ${'2026-03-29T01:00:00Z'} | ${'2026-03-29'} | ${'2026-03-29T01:00'} | ${'2026-03-30T00:30'}
  ${'the gap begins at the reset'}                      | ${'Europe/Prague 02:00'}       | ${'2026-03-29T01:00:00Z'} | ${'2026-03-29'} | ${'2026-03-29T01:00'} | ${'2026-03-30T00:00'}
  ${'the gap ends at the reset'}                        | ${'Europe/Prague 03:00'}       | ${'2026-03-29T01:00:00Z'} | ${'2026-03-29'} | ${'2026-03-29T01:00'} | ${'2026-03-30T01:00'}
  ${'twice: before the first'}                          | ${'Europe/Prague 02:30'}       | ${'2026-10-25T00:29:59Z'} | ${'2026-10-24'} | ${'2026-10-24T00:30'} | ${'2026-10-25T00:30'}
  ${'twice: from the first on'}                         | ${'Europe/Prague 02:30'}       | ${'2026-10-25T00:30:00Z'} | ${'2026-10-25'} | ${'2026-10-25T00:30'} | ${'2026-10-26T01:30'}
  ${'twice: back before it on the clock'}               | ${'Europe/Prague 02:30'}       | ${'2026-10-25T01:10:00Z'} | ${'2026-10-25'} | ${'2026-10-25T00:30'} | ${'2026-10-26T01:30'}
  ${'twice: the second changes nothing'}                | ${'Europe/Prague 02:30'}       | ${'2026-10-25T01:30:00Z'} | ${'2026-10-25'} | ${'2026-10-25T00:30'} | ${'2026-10-26T01:30'}
  ${'midnight is skipped'}                              | ${'America/Sao_Paulo 00:00'}   | ${'2018-11-04T03:00:00Z'} | ${'2018-11-04'} | ${'2018-11-04T03:00'} | ${'2018-11-05T02:00'}
  ${'midnight comes an hour late'}                      | ${'America/Sao_Paulo 00:00'}   | ${'2018-02-18T02:30:00Z'} | ${'2018-02-17'} | ${'2018-02-17T02:00'} | ${'2018-02-18T03:00'}
  ${'midnight comes twice'}                             | ${'America/Havana 00:00'}      | ${'2026-11-01T05:10:00Z'} | ${'2026-11-01'} | ${'2026-11-01T04:00'} | ${'2026-11-02T05:00'}
  ${'yesterday’s date again, after the new day began'}  | ${'America/St_Johns 00:00'}    | ${'2010-11-07T03:00:00Z'} | ${'2010-11-07'} | ${'2010-11-07T02:30'} | ${'2010-11-08T03:30'}
  ${'a gap of half an hour'}                            | ${'Australia/Lord_Howe 02:10'} | ${'2026-10-03T15:30:00Z'} | ${'2026-10-04'} | ${'2026-10-03T15:30'} | ${'2026-10-04T15:10'}
  ${'a date that did not exist, reset at its midnight'} | ${'Pacific/Apia 00:00'}        | ${'2011-12-30T10:00:00Z'} | ${'2011-12-31'} | ${'2011-12-30T10:00'} | ${'2011-12-31T10:00'}
  ${'the day before that date'}                         | ${'Pacific/Apia 00:00'}        | ${'2011-12-30T09:59:59Z'} | ${'2011-12-29'} | ${'2011-12-29T10:00'} | ${'2011-12-30T10:00'}
  ${'before 1970'}                                      | ${'UTC 00:30'}                 | ${'1969-12-31T00:29:59Z'} | ${'1969-12-30'} | ${'1969-12-30T00:30'} | ${'1969-12-31T00:30'}
`('$story: $cut at $moment', ({ cut, moment, day, starts, ends }) => {
  const found = tradingDayAt(at(moment), cutAt(cut));
  expect([found.day, isoText(found.startsAt), isoText(found.endsAt)]).toEqual([
    day,
    `${starts}:00.000Z`,
    `${ends}:00.000Z`,
  ]);
});

const ZONES = ['UTC', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kathmandu'];
const cut = fc.record({
  dayZone: fc.constantFrom(...ZONES),
  dayResetAt: fc
    .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
});
const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2029, 0, 1) }).map(instant);
/** Moments within two hours of a change of the clocks of 2026. */
const nearChange = fc
  .tuple(
    fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'),
    fc.integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS }),
  )
  .map(([change, offset]) => plusMs(at(change), offset));
const anyMoment = fc.oneof(moment, nearChange);

test('a moment lies in its day, and days follow one another without gap or overlap', () => {
  fc.assert(
    fc.property(anyMoment, cut, (now, zone) => {
      const today = tradingDayAt(now, zone);
      expect(today.startsAt <= now && now < today.endsAt).toBe(true);
      const [before, after] = [tradingDayAt(plusMs(today.startsAt, -1), zone), tradingDayAt(today.endsAt, zone)];
      expect([before.endsAt, after.startsAt]).toEqual([today.startsAt, today.endsAt]);
      expect(before.day < today.day && today.day < after.day).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a day has 22.5 to 25.5 hours and begins at its reset, or right after a gap that swallowed it', () => {
  fc.assert(
    fc.property(anyMoment, cut, (now, zone) => {
      const { day, startsAt, endsAt } = tradingDayAt(now, zone);
      const hours = (endsAt - startsAt) / HOUR_MS;
      expect(hours >= 22.5 && hours <= 25.5).toBe(true);
      const reset = Date.parse(`${day}T${zone.dayResetAt}:00Z`);
      const [last, first] = [localWallMs(plusMs(startsAt, -1), zone.dayZone), localWallMs(startsAt, zone.dayZone)];
      expect(first === reset || (last < reset && first > reset)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('what was asked before does not change the answer', () => {
  const zone = cutAt('Europe/Prague 00:00');
  const asked = ['2026-03-29T12:00Z', '2026-03-28T12:00Z', '2026-03-28T22:59:59.999Z', '2026-03-28T23:00Z'];
  const days = asked.map((text) => tradingDayAt(at(text), zone).day);
  expect(days).toEqual(['2026-03-29', '2026-03-28', '2026-03-28', '2026-03-29']);
  expect(tradingDayAt(at('2026-03-28T12:00Z'), cutAt('Europe/Prague 17:00')).day).toBe('2026-03-27');
  expect(tradingDayAt(at('2026-03-28T12:00Z'), cutAt('America/New_York 00:00')).day).toBe('2026-03-28');
});

test.each(['24:00', '12:60', '9:00', 'noon', '', '00:00:00', '-1:00'])('%j is no time of day', (dayResetAt) => {
  expect(() => tradingDayAt(at('2026-03-28T12:00Z'), { dayZone: 'UTC', dayResetAt })).toThrow('is not hh:mm');
});

test.each`
  zone                | isZone
  ${'Europe/Prague'}  | ${true}
  ${'UTC'}            | ${true}
  ${'Mars/Olympus'}   | ${false}
  ${'Europe/Prague '} | ${false}
  ${''}               | ${false}
`('$zone is a zone: $isZone', ({ zone, isZone }) => {
  expect(isInTable(zone)).toBe(isZone);
});

test.each`
  moment                        | zone                  | reads
  ${'2026-03-29T00:59:59.999Z'} | ${'Europe/Prague'}    | ${'2026-03-29T01:59:59.999Z'}
  ${'2026-03-29T01:00:00.000Z'} | ${'Europe/Prague'}    | ${'2026-03-29T03:00:00.000Z'}
  ${'2026-10-25T01:00:00.000Z'} | ${'Europe/Prague'}    | ${'2026-10-25T02:00:00.000Z'}
  ${'2026-01-01T00:00:00.001Z'} | ${'America/New_York'} | ${'2025-12-31T19:00:00.001Z'}
  ${'2026-01-01T05:00:00.000Z'} | ${'America/New_York'} | ${'2026-01-01T00:00:00.000Z'}
  ${'1969-12-31T23:59:59.999Z'} | ${'UTC'}              | ${'1969-12-31T23:59:59.999Z'}
`('at $moment the clocks of $zone read $reads', ({ moment: now, zone, reads }) => {
  expect(isoText(instant(localWallMs(at(now), zone)))).toBe(reads);
});
