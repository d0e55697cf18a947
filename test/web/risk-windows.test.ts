import { DAY_MS } from '../../domain/kernel/instant';
import type { Instrument } from '../../web/lib/contract';
import { namingOf } from '../../web/lib/naming';
import { aheadOf, momentText, type RiskWindow, windowsName, windowText, windowTitle } from '../../web/lib/risk-windows';
import { btc, rules } from './account';

/** A Wednesday, in the zone of whoever runs this. */
const NOW = new Date(2026, 2, 11, 12).getTime();
const MINUTE_MS = 60_000;

const window = (from: number, until: number, more: Partial<RiskWindow> = {}): RiskWindow => ({
  rule: 'news',
  title: 'US CPI',
  instruments: null,
  forbids: 'new_risk',
  from: NOW + from * MINUTE_MS,
  until: NOW + until * MINUTE_MS,
  ...more,
});
const naming = namingOf([btc as Instrument]);

/** Goal: what holds now and what comes next are told apart by the platform's time. */
test.each`
  story                           | windows                                         | current     | next         | later
  ${'nothing'}                    | ${[]}                                           | ${[]}       | ${undefined} | ${[]}
  ${'its first moment holds'}     | ${[window(0, 4)]}                               | ${[0]}      | ${undefined} | ${[]}
  ${'its end is over'}            | ${[window(-4, 0)]}                              | ${[]}       | ${undefined} | ${[]}
  ${'the nearest is next'}        | ${[window(9, 10), window(5, 6), window(7, 8)]}  | ${[]}       | ${5}         | ${[7, 9]}
  ${'several may hold at a time'} | ${[window(-1, 3), window(-2, 2), window(1, 5)]} | ${[-2, -1]} | ${1}         | ${[]}
`('$story', ({ windows, current, next, later }) => {
  const minute = ({ from }: RiskWindow) => (from - NOW) / MINUTE_MS;
  const ahead = aheadOf(windows, NOW);
  expect(ahead.current.map(minute)).toEqual(current);
  expect(ahead.next && minute(ahead.next)).toBe(next);
  expect(ahead.later.map(minute)).toEqual(later);
});

test.each`
  given                                                                          | title             | text
  ${window(28, 32)}                                                              | ${'News: US CPI'} | ${'From 12:28 to 12:32 orders that add risk are refused and resting ones wait. Closing works.'}
  ${window(28, 32, { instruments: [btc.id] })}                                   | ${'News: US CPI'} | ${'From 12:28 to 12:32 orders that add risk in BTC are refused and resting ones wait. Closing works.'}
  ${window(-1, 3)}                                                               | ${'News: US CPI'} | ${'Until 12:03 orders that add risk are refused and resting ones wait. Closing works.'}
  ${window(-1, 3, { rule: 'weekend', title: null, forbids: 'positions' })}       | ${'Weekend'}      | ${'Until 12:03 positions are closed for you, orders that add risk are refused and resting ones wait.'}
  ${window(1_440, 4_320, { rule: 'weekend', title: null, forbids: 'new_risk' })} | ${'Weekend'}      | ${'From Thu 12 Mar, 12:00 to Sat 14 Mar, 12:00 orders that add risk are refused and resting ones wait. Closing works.'}
`('$text', ({ given, title, text }) => {
  expect([windowTitle(given), windowText(given, NOW, naming)]).toEqual([title, text]);
});

/** Goal: a few instruments are named, of many the first ones. */
test.each`
  ids                          | where
  ${['BTC']}                   | ${'BTC'}
  ${['BTC', 'ETH']}            | ${'BTC and ETH'}
  ${['A', 'B', 'C', 'D']}      | ${'A, B, C and D'}
  ${['A', 'B', 'C', 'D', 'E']} | ${'A, B, C and 2 more'}
`('$ids is told as $where', ({ ids, where }) => {
  const named = (unit: string) => ({ ...naming(btc.id), unit });
  expect(windowText(window(28, 32, { instruments: ids }), NOW, named)).toContain(`add risk in ${where} are refused`);
});

test('a moment of another day says which, and one of no whole minute its seconds', () => {
  expect([momentText(NOW, NOW), momentText(NOW + DAY_MS, NOW)]).toEqual(['12:00', 'Thu 12 Mar, 12:00']);
  expect(momentText(NOW + 9_001, NOW)).toBe('12:00:09');
});

const NEWS = { beforeMs: 1, afterMs: 1, bars: 'new_risk', winShare: null };
test.each`
  news    | weekend          | name
  ${null} | ${'allowed'}     | ${undefined}
  ${NEWS} | ${'allowed'}     | ${'News'}
  ${null} | ${'flat'}        | ${'Weekend'}
  ${NEWS} | ${'no_new_risk'} | ${'News and weekend'}
`('news $news, weekend $weekend: $name', ({ news, weekend, name }) => {
  expect(windowsName({ conduct: { ...rules.conduct, news, weekend } })).toBe(name);
});
