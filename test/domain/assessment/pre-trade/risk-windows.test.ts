import fc from 'fast-check';
import type { Blackout } from '../../../../domain/assessment/context/decision-context';
import { riskBar } from '../../../../domain/assessment/pre-trade/conduct';
import { isWithinSpan, type RiskWindow, riskWindows } from '../../../../domain/assessment/pre-trade/risk-windows';
import type { Conduct, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { isWeekend, weekendFrom } from '../../../../domain/assessment/rules/weekend';
import type { InstrumentId } from '../../../../domain/kernel/ids';
import { type Instant, instant, isoText, plusMs } from '../../../../domain/kernel/instant';
import { BTC, ETH, moment, RULES } from '../../../fixtures/domain-story';
import { sceneOf } from '../../../fixtures/trading-story';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A Wednesday. */
const NOON = moment('2026-03-11T12:00:00Z');

const rulesOf = (conduct: Partial<Conduct>): RuleSet => ({ ...RULES, conduct: { ...RULES.conduct, ...conduct } });
const NEWS = { news: { beforeMs: 2 * MINUTE_MS, afterMs: 3 * MINUTE_MS, bars: 'new_risk', winShare: null } };
const news = (minutes: number, ...instruments: readonly InstrumentId[]): Blackout => ({
  instruments: instruments.length > 0 ? instruments : null,
  title: `in ${minutes}`,
  at: plusMs(NOON, minutes * MINUTE_MS),
});

const words = ({ rule, title, instruments, from, until, forbids }: RiskWindow) =>
  [rule, title ?? '', instruments?.join(' and ') ?? 'all', `${isoText(from)}/${isoText(until)}`, forbids].join(' ');
const day = (text: string) => `2026-03-${text}`;

/** Goal: a trader is told when orders will be refused, before they are; 11 March 2026 is a Wednesday. */
test.each`
  story                                    | conduct                                | blackouts               | windows
  ${'no such rules'}                       | ${{}}                                  | ${[news(5)]}            | ${[]}
  ${'a rule, and no news'}                 | ${NEWS}                                | ${[]}                   | ${[]}
  ${'the widths are the rule’s'}           | ${NEWS}                                | ${[news(60, BTC)]}      | ${[`news in 60 BTC-USD ${day('11T12:58:00.000Z')}/${day('11T13:03:00.001Z')} new_risk`]}
  ${'of several it is one'}                | ${NEWS}                                | ${[news(60, BTC, ETH)]} | ${[`news in 60 BTC-USD and ETH-USD ${day('11T12:58:00.000Z')}/${day('11T13:03:00.001Z')} new_risk`]}
  ${'the last millisecond is shown'}       | ${NEWS}                                | ${[news(-3)]}           | ${[`news in -3 all ${day('11T11:55:00.000Z')}/${day('11T12:00:00.001Z')} new_risk`]}
  ${'what is over is not'}                 | ${NEWS}                                | ${[news(-4)]}           | ${[]}
  ${'the earliest first'}                  | ${NEWS}                                | ${[news(9), news(8)]}   | ${[`news in 8 all ${day('11T12:06:00.000Z')}/${day('11T12:11:00.001Z')} new_risk`, `news in 9 all ${day('11T12:07:00.000Z')}/${day('11T12:12:00.001Z')} new_risk`]}
  ${'the coming weekend'}                  | ${{ weekend: 'no_new_risk' }}          | ${[]}                   | ${[`weekend  all ${day('14T00:00:00.000Z')}/${day('16T00:00:00.000Z')} new_risk`]}
  ${'one before which positions are gone'} | ${{ weekend: 'flat' }}                 | ${[]}                   | ${[`weekend  all ${day('14T00:00:00.000Z')}/${day('16T00:00:00.000Z')} positions`]}
  ${'news before the weekend'}             | ${{ weekend: 'no_new_risk', ...NEWS }} | ${[news(9)]}            | ${[`news in 9 all ${day('11T12:07:00.000Z')}/${day('11T12:12:00.001Z')} new_risk`, `weekend  all ${day('14T00:00:00.000Z')}/${day('16T00:00:00.000Z')} new_risk`]}
`('$story', ({ conduct, blackouts, windows }) => {
  const rules = { ...rulesOf(conduct), dayZone: 'UTC', dayResetAt: '00:00' };
  expect(riskWindows(rules, blackouts, NOON).map(words)).toEqual(windows);
});

test.each`
  zone                  | reset      | at                        | from                      | until
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-11T12:00:00Z'} | ${'2026-03-13T21:00:00Z'} | ${'2026-03-15T21:00:00Z'}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-13T20:59:59Z'} | ${'2026-03-13T21:00:00Z'} | ${'2026-03-15T21:00:00Z'}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-13T21:00:00Z'} | ${'2026-03-13T21:00:00Z'} | ${'2026-03-15T21:00:00Z'}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-15T20:59:59Z'} | ${'2026-03-13T21:00:00Z'} | ${'2026-03-15T21:00:00Z'}
  ${'America/New_York'} | ${'17:00'} | ${'2026-03-15T21:00:00Z'} | ${'2026-03-20T21:00:00Z'} | ${'2026-03-22T21:00:00Z'}
  ${'Europe/Prague'}    | ${'00:00'} | ${'2026-03-27T12:00:00Z'} | ${'2026-03-27T23:00:00Z'} | ${'2026-03-29T22:00:00Z'}
`('the weekend of $at in $zone, reset $reset, is $from to $until', ({ zone, reset, at, from, until }) => {
  const span = weekendFrom(moment(at), { dayZone: zone, dayResetAt: reset });
  expect([span.from, span.until]).toEqual([moment(from), moment(until)]);
});

const SPAN_MS = 7 * DAY_MS;
const inWeek = (from: number) => fc.integer({ min: from, max: from + SPAN_MS }).map((ms): Instant => instant(ms));

test('an order may add risk exactly outside the windows that were told beforehand', () => {
  const conduct = fc.record({
    weekend: fc.constantFrom<Conduct['weekend']>('allowed', 'no_new_risk', 'flat'),
    news: fc.option(
      fc.record({
        beforeMs: fc.nat(DAY_MS),
        afterMs: fc.nat(DAY_MS),
        bars: fc.constant('new_risk' as const),
        winShare: fc.constant(null),
      }),
    ),
  });
  const blackouts = fc.array(
    fc.record({
      instruments: fc.constantFrom(null, [BTC], [ETH], [ETH, BTC]),
      title: fc.constant('CPI'),
      at: inWeek(NOON),
    }),
    { maxLength: 4 },
  );
  const cut = fc.record({
    dayZone: fc.constantFrom('UTC', 'Europe/Prague', 'America/New_York'),
    dayResetAt: fc.constantFrom('00:00', '00:30', '17:00'),
  });
  fc.assert(
    fc.property(conduct, blackouts, cut, inWeek(NOON), fc.boolean(), (given, known, dayCut, any, isAtEdge) => {
      const rules = { ...rulesOf(given), ...dayCut };
      const windows = riskWindows(rules, known, NOON).filter(({ instruments }) => instruments?.includes(BTC) ?? true);
      const edge = windows[0] && (isAtEdge ? windows[0].until : windows[0].from);
      for (const at of [any, ...(edge ? [edge, plusMs(edge, -1)] : [])].filter((moment) => moment >= NOON)) {
        // Only the next weekend is told: from its end on, another one may come.
        if (given.weekend !== 'allowed' && at >= weekendFrom(NOON, rules).until && isWeekend(at, rules)) continue;
        const barred = riskBar({ ...sceneOf({ rules, blackouts: known }).context, at }, BTC);
        expect(barred !== undefined).toBe(windows.some((window) => isWithinSpan(window, at)));
      }
    }),
    { numRuns: 300 },
  );
});
