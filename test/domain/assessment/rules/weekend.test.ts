import fc from 'fast-check';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { Conduct, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { isWeekend } from '../../../../domain/assessment/rules/weekend';
import { plusMs } from '../../../../domain/kernel/instant';
import { accountWith, BTC, held, marks, moment, quoteOn, RULES } from '../../../fixtures/domain-story';
import { verdictOf } from '../walk';

/** Goal: the trading days of Saturday and Sunday. 13 March 2026 is a Friday. */
test.each`
  zone                  | reset      | moment                        | weekend
  ${'UTC'}              | ${'00:00'} | ${'2026-03-13T23:59:59.999Z'} | ${false}
  ${'UTC'}              | ${'00:00'} | ${'2026-03-14T00:00:00.000Z'} | ${true}
  ${'UTC'}              | ${'00:00'} | ${'2026-03-15T23:59:59.999Z'} | ${true}
  ${'UTC'}              | ${'00:00'} | ${'2026-03-16T00:00:00.000Z'} | ${false}
  ${'UTC'}              | ${'00:30'} | ${'2026-03-14T00:29:59.999Z'} | ${false}
  ${'UTC'}              | ${'00:30'} | ${'2026-03-16T00:29:59.999Z'} | ${true}
  ${'UTC'}              | ${'12:00'} | ${'2026-03-13T12:00:00.000Z'} | ${true}
  ${'UTC'}              | ${'11:59'} | ${'2026-03-13T12:00:00.000Z'} | ${false}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-13T20:59:59.999Z'} | ${false}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-13T21:00:00.000Z'} | ${true}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-15T20:59:59.999Z'} | ${true}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-15T21:00:00.000Z'} | ${false}
  ${'Europe/Prague'}    | ${'00:00'} | ${'2026-03-29T21:59:59.999Z'} | ${true}
  ${'Europe/Prague'}    | ${'00:00'} | ${'2026-03-29T22:00:00.000Z'} | ${false}
`('$zone $reset: $moment is the weekend: $weekend', ({ zone, reset, moment: text, weekend }) => {
  expect(isWeekend(moment(text), { dayZone: zone, dayResetAt: reset })).toBe(weekend);
});

const SATURDAY = moment('2026-03-14T12:00:00Z');
const FRIDAY = moment('2026-03-13T12:00:00Z');

test.each<[Conduct['weekend'], string, string]>([
  ['flat', 'close', 'open'],
  ['no_new_risk', 'open', 'open'],
  ['allowed', 'open', 'open'],
])('%s: an open position is judged %s on Saturday and %s on Friday', (weekend, saturday, friday) => {
  const rules: RuleSet = { ...RULES, conduct: { ...RULES.conduct, weekend } };
  const account = accountWith('40000', [held(BTC, '1', '60000')], { day: '2026-03-13' });
  const told = (at: typeof SATURDAY) => verdictOf(judge(rules, account, marks(quoteOn(BTC, '60000')), at));
  expect([told(SATURDAY), told(FRIDAY)]).toEqual([saturday, friday]);
  expect(verdictOf(judge(rules, accountWith('100000'), marks(), SATURDAY))).toBe('open');
});

test('of any seven days in a row two are the weekend, and they follow one another', () => {
  const zone = fc.constantFrom('UTC', 'Asia/Tokyo', 'Asia/Kathmandu');
  const start = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2029, 0, 1) });
  fc.assert(
    fc.property(zone, fc.constantFrom('00:00', '05:15', '17:00'), start, (dayZone, dayResetAt, from) => {
      const week = Array.from({ length: 8 }, (_, n) =>
        isWeekend(plusMs(moment(new Date(from).toISOString()), n * 86_400_000), { dayZone, dayResetAt }),
      );
      expect(week.slice(0, 7).filter(Boolean)).toHaveLength(2);
      expect(week.some((is, n) => is && week[n + 1])).toBe(true);
    }),
  );
});
