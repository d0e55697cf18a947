import type { Account } from '../../../../domain/account/account';
import { fold } from '../../../../domain/account/evolve';
import type { Position } from '../../../../domain/account/positions/position';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { breakdownOf } from '../../../../domain/assessment/evidence/verdict-breakdown';
import { deadlinesOf } from '../../../../domain/assessment/judging/deadlines';
import { judge } from '../../../../domain/assessment/judging/judge';
import { correctStops } from '../../../../domain/assessment/judging/stop-corrections';
import { verdictDue } from '../../../../domain/assessment/pre-trade/tradability';
import type { RiskPerTrade, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { type Instant, isoText, plusMs } from '../../../../domain/kernel/instant';
import {
  accountWith,
  BTC,
  bookOf,
  dollars,
  ETH,
  held,
  marks,
  NOW,
  quoteOn,
  resting,
  standingWith,
} from '../../../fixtures/domain-story';
import { sceneOf } from '../../../fixtures/trading-story';
import { maxLossOf } from '../rule-sets';
import { verdictOf } from '../walk';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** HyroTrader's: a stop within five minutes, one correction of an hour in the life of an account. */
const hyro = (stopSeverity: RiskPerTrade['stopSeverity'] = 'fail', count = 1): RuleSet => ({
  ...maxLossOf('static', '90000'),
  riskPerTrade: {
    limitUsd: dollars('90000'),
    severity: 'fail',
    stopWithinMs: 5 * MINUTE_MS,
    stopSeverity,
    stopCorrection: { count, withinMs: HOUR_MS },
    plan: 'unjudged',
    stopMissesToFail: null,
  },
});

const clock = (at: Instant) => isoText(at).slice(11, 23);
const onMinute = (minute: number): Instant => plusMs(NOW, Math.round(minute * MINUTE_MS));

const deskAt = (
  rules: RuleSet,
  account: Account,
  minute: number,
  priced: readonly InstrumentId[],
): DecisionContext => ({
  ...sceneOf({ account, cash: '100000', rules }).context,
  account,
  at: onMinute(minute),
  books: new Map(
    priced.map((instrument) => [
      instrument,
      bookOf('9@60000', '9@60001', { instrument, receivedAt: onMinute(minute) }),
    ]),
  ),
});

const STOP = resting('stop');
const LONG = held(BTC, '1', '60000');

/** What happens to the account between two visits. */
const CHANGES: Readonly<Record<string, (account: Account, at: Instant) => Account>> = {
  stop: (account) => ({ ...account, orders: [STOP] }),
  cancel: (account) => ({ ...account, orders: [] }),
  flat: (account) => ({ ...account, positions: [], orders: [] }),
  open: (account, openedAt) => ({ ...account, positions: [{ ...LONG, openedAt }] }),
};

/** `5 judged, 20 stop`: visits and changes by the minute; answers what each visit said. */
function told(rules: RuleSet, story: string, start: Account = accountWith('100000', [LONG])): string {
  let account = start;
  let next = 0;
  const said = story.split(', ').flatMap((step) => {
    const [minute = '', what = ''] = step.split(' ');
    const change = CHANGES[what];
    if (change) {
      account = change(account, onMinute(Number(minute)));
      return [];
    }
    const priced = what === 'unpriced' ? [] : [BTC, ETH];
    const found = advanceAccount({
      ...deskAt(rules, account, Number(minute), priced),
      nextOrderId: () => idOf<OrderId>(`desk-${++next}`),
    });
    account = fold(rules, account, [...found.before, ...found.after]);
    const begun = found.before.flatMap((each) =>
      each.kind === 'stop_corrected' ? [`${each.instrument} until ${clock(each.dueAt)} left ${each.left}`] : [],
    );
    return [...begun, verdictOf(found.judgement)];
  });
  return said.join('; ');
}

/** Goal: RK-3 with a correction: one later instant for a position, told when it begins, and used up with that. */
test.each`
  story                                               | visits                                                             | says
  ${'just before the stop is due'}                    | ${'4.999 judged'}                                                  | ${'open'}
  ${'when it is due the correction begins'}           | ${'5 judged'}                                                      | ${'BTC-USD until 13:05:00.000 left 0; open'}
  ${'told once'}                                      | ${'5 judged, 6 judged'}                                            | ${'BTC-USD until 13:05:00.000 left 0; open; open'}
  ${'a millisecond before its end'}                   | ${'5 judged, 64.99999 judged'}                                     | ${'BTC-USD until 13:05:00.000 left 0; open; open'}
  ${'at its end'}                                     | ${'5 judged, 65 judged'}                                           | ${'BTC-USD until 13:05:00.000 left 0; open; failed stop_missing'}
  ${'it counts from when it was found missing'}       | ${'9 judged, 68.9999 judged, 69 judged'}                           | ${'BTC-USD until 13:09:00.000 left 0; open; open; failed stop_missing'}
  ${'a stop in time'}                                 | ${'5 judged, 64 stop, 65 judged, 900 judged'}                      | ${'BTC-USD until 13:05:00.000 left 0; open; open; open'}
  ${'cancelled again before the end'}                 | ${'5 judged, 20 stop, 30 cancel, 64 judged, 65 judged'}            | ${'BTC-USD until 13:05:00.000 left 0; open; open; failed stop_missing'}
  ${'cancelled after the end: late at once'}          | ${'5 judged, 20 stop, 80 cancel, 80 judged'}                       | ${'BTC-USD until 13:05:00.000 left 0; open; failed stop_missing'}
  ${'a stop that is cancelled only later'}            | ${'1 stop, 5 judged, 300 cancel, 300 judged'}                      | ${'open; BTC-USD until 18:00:00.000 left 0; open'}
  ${'closed in time: nothing is due, but it is used'} | ${'5 judged, 30 flat, 65 judged, 70 open, 74.9 judged, 75 judged'} | ${'BTC-USD until 13:05:00.000 left 0; open; open; open; failed stop_missing'}
  ${'a new position has its own time, not that one'}  | ${'5 judged, 6 flat, 7 open, 12 judged'}                           | ${'BTC-USD until 13:05:00.000 left 0; open; failed stop_missing'}
  ${'without a price none is begun'}                  | ${'5 unpriced, 20 unpriced, 65 unpriced'}                          | ${'open; open; open'}
  ${'and none is missed that was begun before'}       | ${'5 judged, 65 unpriced, 66 judged'}                              | ${'BTC-USD until 13:05:00.000 left 0; open; open; failed stop_missing'}
`('$story', ({ visits, says }) => {
  expect(told(hyro(), visits)).toBe(says);
});

/** Goal: how often, and for which of several positions. */
test.each`
  story                                       | count | severity   | visits                                   | says
  ${'a second one for the next position'}     | ${2}  | ${'fail'}  | ${'5 judged, 6 flat, 7 open, 12 judged'} | ${'BTC-USD until 13:05:00.000 left 1; open; BTC-USD until 13:12:00.000 left 0; open'}
  ${'but one a position'}                     | ${2}  | ${'fail'}  | ${'5 judged, 65 judged'}                 | ${'BTC-USD until 13:05:00.000 left 1; open; failed stop_missing'}
  ${'what would be closed is spared as well'} | ${1}  | ${'close'} | ${'5 judged, 64.999 judged'}             | ${'BTC-USD until 13:05:00.000 left 0; open; open'}
`('$story', ({ count, severity, visits, says }) => {
  expect(told(hyro(severity, count), visits)).toBe(says);
});

const PRICED = marks(quoteOn(BTC, '60000'));

test('at the end of a correction a tier that closes closes', () => {
  const rules = hyro('close');
  const found = accountWith('100000', [LONG]);
  const account = fold(rules, found, correctStops(rules, found, PRICED, onMinute(5)));
  const at = (minute: number) => verdictOf(judge(rules, account, marks(quoteOn(BTC, '60000')), onMinute(minute)));
  expect([at(5), at(64.9999), at(65)]).toEqual(['open', 'open', 'close']);
});

test('of several without their stops the one that was due first is corrected, of equals the first by name', () => {
  const old = held(ETH, '1', '3000', { openedAt: plusMs(NOW, -1) });
  const both = (positions: readonly Position[]) => told(hyro(), '5 judged', accountWith('100000', positions));
  expect(both([LONG, old])).toBe('ETH-USD until 13:05:00.000 left 0; failed stop_missing');
  expect(both([LONG, { ...old, openedAt: NOW }])).toBe('BTC-USD until 13:05:00.000 left 0; failed stop_missing');
  const two = told(hyro('fail', 2), '5 judged', accountWith('100000', [LONG, old]));
  expect(two).toBe('ETH-USD until 13:05:00.000 left 1; BTC-USD until 13:05:00.000 left 0; open');
});

test('RK-3 stays as it is without a correction, and without a rule of stops nothing is corrected', () => {
  const { riskPerTrade } = hyro();
  const account = accountWith('100000', [LONG]);
  if (!riskPerTrade) throw new Error('these rules ask for stops');
  const without = { ...hyro(), riskPerTrade: { ...riskPerTrade, stopCorrection: null } };
  expect(told(without, '4.999 judged, 5 judged')).toBe('open; failed stop_missing');
  for (const rules of [without, { ...hyro(), riskPerTrade: null }]) {
    expect(correctStops(rules, account, PRICED, onMinute(90))).toEqual([]);
  }
});

test('the later instant is the deadline that is told, for the position that it belongs to', () => {
  const found = accountWith('100000', [LONG]);
  const account = fold(hyro(), found, correctStops(hyro(), found, PRICED, onMinute(5)));
  const dueAt = (change: Partial<Account>) =>
    deadlinesOf(hyro(), { ...account, ...change }).map((due) => clock(due.dueAt));
  expect(dueAt({})).toEqual(['13:05:00.000']);
  expect(dueAt({ orders: [STOP] })).toEqual([]);
  expect(dueAt({ positions: [{ ...LONG, openedAt: onMinute(20) }] })).toEqual(['12:25:00.000']);
  expect(dueAt({ positions: [LONG, held(ETH, '1', '3000', { openedAt: onMinute(70) })] })).toEqual(['13:05:00.000']);
  expect(dueAt({ positions: [LONG, held(ETH, '1', '3000', { openedAt: onMinute(6) })] })).toEqual(['12:11:00.000']);
});

/** Goal: an order waits for a verdict that is due, not for a correction that is still to be begun. */
test.each`
  story                   | used     | minute | refused
  ${'one is left'}        | ${[]}    | ${30}  | ${undefined}
  ${'none is left'}       | ${[BTC]} | ${30}  | ${'limit_broken'}
  ${'nothing is due yet'} | ${[BTC]} | ${4}   | ${undefined}
`('$story', ({ used, minute, refused }) => {
  const stopCorrections = used.map((instrument: InstrumentId) => ({
    instrument,
    openedAt: plusMs(NOW, -1),
    dueAt: NOW,
  }));
  const account = accountWith('100000', [LONG], { standing: standingWith({ stopCorrections }) });
  expect(verdictDue(deskAt(hyro(), account, minute, [BTC]), marks(quoteOn(BTC, '60000')), false)?.refusal).toBe(
    refused,
  );
});

test('the arithmetic of a correction that ran out', () => {
  const found = accountWith('100000', [LONG]);
  const account = fold(hyro(), found, correctStops(hyro(), found, PRICED, onMinute(6)));
  const [quotes, at] = [[quoteOn(BTC, '60000')], onMinute(66)];
  const judgement = judge(hyro(), account, marks(...quotes), at);
  const lines = breakdownOf({ rules: hyro(), account, quotes, at }, judgement);
  expect(lines.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'BTC-USD: opened at: 2026-03-14T12:00:00.000Z',
    'milliseconds until a stop: 300000',
    'BTC-USD: found without it at: 2026-03-14T12:06:00.000Z',
    'milliseconds of its correction: 3600000',
    'due at: 2026-03-14T13:06:00.000Z',
    'judged at: 2026-03-14T13:06:00.000Z',
  ]);
});
