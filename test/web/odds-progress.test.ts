import type { Preview, Study } from '../../web/lib/contract';
import { accountFloor, freshFloor } from '../../web/lib/odds/floor';
import { changedStudy, hasEnded, progressOf, type StudyChange } from '../../web/lib/odds/progress';
import { refusalText, saidAt } from '../../web/lib/odds/refusals';
import { sizeQuestion, ticketRisk } from '../../web/lib/odds/ticket-risk';
import { emptyDraft, ticketOf } from '../../web/lib/ticket-draft';
import { NO_WAYS, rules, snapshot } from './account';
import { study } from './study';

const running = study({ status: 'running', done: 500, odds: null, endedAt: null });
const told = (over: Partial<StudyChange>): StudyChange => ({
  type: 'study-changed',
  n: 7,
  studyId: running.studyId,
  status: 'running',
  done: 600,
  of: 1_000,
  ...over,
});

/** Goal: word of a study that comes late, twice or about another one changes nothing that is known better. */
test.each`
  story                              | change                                    | becomes
  ${'it goes on'}                    | ${told({})}                               | ${'running 600'}
  ${'word comes late'}               | ${told({ done: 400 })}                    | ${'running 500'}
  ${'it waited before'}              | ${told({ status: 'requested', done: 0 })} | ${'running 500'}
  ${'another study'}                 | ${told({ studyId: 'other' })}             | ${'running 500'}
  ${'its end is read, not believed'} | ${told({ status: 'completed' })}          | ${'running 500'}
`('$story', ({ change, becomes }: { change: StudyChange; becomes: string }) => {
  const after = changedStudy(running, change);
  expect(`${after.status} ${after.done}`).toBe(becomes);
});

test('what has ended stays so', () => {
  const cancelled = study({ status: 'cancelled', odds: null });
  expect(changedStudy(cancelled, told({}))).toBe(cancelled);
  expect(
    (['requested', 'running', 'completed', 'failed', 'cancelled'] as const).map((status) => hasEnded({ status })),
  ).toEqual([false, false, true, true, true]);
});

test('a bar is full when all is done, and empty before anything is known', () => {
  const widths = [
    [0, 0],
    [0, 1],
    [1, 3],
    [1, 1],
    [5, 4],
  ].map(([done = 0, of = 0]) => progressOf({ done, of }));
  expect(widths).toEqual([0, 0, 333, 1_000, 1_000]);
});

test('the floor of a fresh account, by amount or by share', () => {
  expect(freshFloor(rules)).toBe('9000');
  const width = { kind: 'share' as const, share: '0.06' };
  expect(freshFloor({ ...rules, maxLoss: { ...rules.maxLoss, width } })).toBe('9400');
  expect(accountFloor({ status: 'failed', account: snapshot() })).toBeUndefined();
  expect(accountFloor({ status: 'active', account: snapshot() })).toBeUndefined();
});

test('who cannot simulate is told how to switch it on, and plain refusals speak for themselves', () => {
  expect(refusalText({ refusal: 'simulation_unavailable', status: 503 })).toContain('npm start -- --ray');
  expect(refusalText({ refusal: 'trades_too_few', status: 422 })).toBeUndefined();
  expect(refusalText({ refusal: 'unreachable', status: 0 })).toContain('not counted twice');
});

test('what the form finds goes before what the platform said', () => {
  const problem = {
    type: '',
    title: '',
    status: 422,
    refusal: 'trades_too_few',
    correlationId: 'c',
    errors: [{ field: 'trades', rule: 'must be at least 10 closed trades: 7 more are needed' }],
  };
  expect(saidAt([], problem, 'trades')).toBe('Must be at least 10 closed trades: 7 more are needed');
  expect(saidAt([{ field: 'trades.csv', rule: 'choose a file' }], problem, 'trades')).toBe('Choose a file');
  expect(saidAt([], undefined, 'trades')).toBeUndefined();
});

const exitAt = (price: string, netUsd: string | null): Preview['exits'][number] => ({
  side: 'sell',
  price,
  qty: '0.1',
  feeUsd: '1',
  netUsd,
  breach: null,
  pause: null,
  passes: false,
});
const preview = (...exits: Preview['exits'][number][]): Preview => ({
  fill: null,
  restingQty: '0',
  marginUsedUsd: '0',
  marginMaxUsd: '0',
  leverageMax: null,
  equityUsd: '10000',
  rooms: [],
  ifClosed: NO_WAYS.all,
  whenFilled: null,
  exits,
  breach: null,
  pause: null,
  passes: false,
});
const ticket = (stopLoss: string) => ticketOf({ ...emptyDraft, qty: '0.1', stopLoss }, 'BTC-USD', 'buy');

/** Goal: only what the platform foresees of the very stop that is written counts as a risk. */
test.each`
  story                          | written            | foreseen                                  | risk
  ${'nothing is written'}        | ${undefined}       | ${undefined}                              | ${/Write the order/}
  ${'no stop'}                   | ${ticket('')}      | ${preview()}                              | ${/need a stop loss/}
  ${'nothing foreseen yet'}      | ${ticket('59000')} | ${undefined}                              | ${/not known yet/}
  ${'it would rest'}             | ${ticket('59000')} | ${preview()}                              | ${/once it would fill/}
  ${'the exit of a profit'}      | ${ticket('59000')} | ${preview(exitAt('61000', '80'))}         | ${/once it would fill/}
  ${'a stop in profit'}          | ${ticket('59000')} | ${preview(exitAt('59000', '3'))}          | ${/loses nothing/}
  ${'up to the next dollar'}     | ${ticket('59000')} | ${preview(exitAt('59000.00', '-100.01'))} | ${/^101$/}
  ${'whole dollars as they are'} | ${ticket('59000')} | ${preview(exitAt('59000', '-100'))}       | ${/^100$/}
`('$story', ({ written, foreseen, risk }: Record<string, never> & { risk: RegExp }) => {
  const found = ticketRisk(written, foreseen);
  expect(found.kind === 'known' ? found.riskUsd : found.why).toMatch(risk);
});

test('a size is asked about with one’s own trades', () => {
  const body = sizeQuestion('0190a000-0000-7000-8000-0000000000a1', '101', '0190a000-0000-7000-8000-0000000000c1');
  expect(body).toMatchObject({ trades: { kind: 'own' }, compareRiskUsd: '101' } satisfies Partial<typeof body>);
  expect((body.subject as Study['subject'])?.kind).toBe('assessment');
});
