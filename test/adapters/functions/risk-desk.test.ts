import { randomUUID } from 'node:crypto';
import { DAY_MS } from '../../../domain/kernel/instant';
import { freePort } from '../../fixtures/free-port';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let trader: Awaited<ReturnType<typeof signedIn>>;
let risk: Awaited<ReturnType<typeof signedIn>>;
let admin: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  [trader, risk, admin] = [await signedIn(world), await signedIn(world), await signedIn(world)];
  await world.pool.query(`UPDATE users SET roles = '{trader,risk}' WHERE user_id = $1`, [risk.userId]);
  await world.pool.query(`UPDATE users SET roles = '{admin}' WHERE user_id = $1`, [admin.userId]);
});
afterAll(() => world.stop());

const TOMORROW = Date.now() + DAY_MS;
const put = (id: string, body: object, token = risk.token) => world.call(`PUT /admin/blackouts/${id}`, { body, token });
const remove = (id: string, token = risk.token) => world.call(`DELETE /admin/blackouts/${id}`, { token });
const list = async (token = risk.token) => (await world.call('GET /admin/blackouts', { token })).body.blackouts;

test('risk staff and admins schedule news and take it back; who did what is on record', async () => {
  const id = randomUUID();
  const news = { instruments: null, title: 'FOMC', at: TOMORROW };
  expect(await put(id, news)).toMatchObject({ status: 200, body: { blackoutId: id, ...news } });
  expect(await put(id, { ...news, title: 'FOMC, moved', at: TOMORROW + 1 }, admin.token)).toMatchObject({
    status: 200,
  });
  expect(await list()).toEqual([{ blackoutId: id, instruments: null, title: 'FOMC, moved', at: TOMORROW + 1 }]);
  expect((await remove(id)).status).toBe(204);
  expect(await remove(id)).toMatchObject({ status: 404, body: { refusal: 'blackout_unknown' } });
  expect(await list(admin.token)).toEqual([]);
  const { rows } = await world.pool.query('SELECT actor, action FROM audit_log WHERE subject = $1 ORDER BY audit_id', [
    id,
  ]);
  expect(rows).toEqual([
    { actor: risk.userId, action: 'blackout.published' },
    { actor: admin.userId, action: 'blackout.published' },
    { actor: risk.userId, action: 'blackout.withdrawn' },
  ]);
});

test.each`
  what                     | change                                     | refusal                    | field
  ${'a past moment'}       | ${{ at: 1_000 }}                           | ${'blackout_out_of_range'} | ${'at'}
  ${'a moment in text'}    | ${{ at: '2026-12-01' }}                    | ${'invalid_request'}       | ${'at'}
  ${'half a millisecond'}  | ${{ at: TOMORROW + 0.5 }}                  | ${'invalid_request'}       | ${'at'}
  ${'no moment'}           | ${{ at: null }}                            | ${'invalid_request'}       | ${'at'}
  ${'no title'}            | ${{ title: ' ' }}                          | ${'invalid_request'}       | ${'title'}
  ${'a title without end'} | ${{ title: 'x'.repeat(121) }}              | ${'invalid_request'}       | ${'title'}
  ${'no word of which'}    | ${{ instruments: undefined }}              | ${'invalid_request'}       | ${'instruments'}
  ${'a list of none'}      | ${{ instruments: [] }}                     | ${'invalid_request'}       | ${'instruments'}
  ${'one of them twice'}   | ${{ instruments: ['BTC-USD', 'BTC-USD'] }} | ${'invalid_request'}       | ${'instruments'}
  ${'a name that is none'} | ${{ instruments: ['BTC/USD'] }}            | ${'invalid_request'}       | ${'instruments[0]'}
  ${'an unknown field'}    | ${{ beforeMs: 1 }}                         | ${'invalid_request'}       | ${'beforeMs'}
`('$what is refused and schedules nothing', async ({ change, refusal, field }) => {
  const answer = await put(randomUUID(), { instruments: null, title: 'CPI', at: TOMORROW, ...change });
  expect(answer).toMatchObject({ status: 422, body: { refusal, errors: [{ field }] } });
  expect(await list()).toEqual([]);
});

test('an instrument that nobody trades has no news', async () => {
  const answer = await put(randomUUID(), { instruments: ['DOGE-EUR'], title: 'CPI', at: TOMORROW });
  expect(answer).toMatchObject({
    status: 404,
    body: { refusal: 'instrument_unknown', errors: [{ field: 'instruments' }] },
  });
});

test.each([
  'GET /risk/signals',
  'GET /admin/blackouts',
  `DELETE /admin/blackouts/${randomUUID()}`,
  `PUT /risk/signals/${randomUUID()}/decisions/${randomUUID()}`,
])('%s is not for traders, nor for strangers', async (route) => {
  expect(await world.call(route, { token: trader.token })).toMatchObject({ status: 403 });
  expect(await world.call(route)).toMatchObject({ status: 401 });
});

test('signals are told with both sides, the last detected first', async () => {
  const signal = (at: string, accounts: readonly string[], kind = 'hedging', verdict: object | null = null) => [
    randomUUID(),
    kind,
    accounts.join(),
    trader.userId,
    at,
    at,
    JSON.stringify(accounts.map((accountId) => ({ accountId, instrument: 'BTC-USD', side: 'long' }))),
    verdict && JSON.stringify(verdict),
  ];
  const [older, newer] = [
    [randomUUID(), randomUUID()],
    [randomUUID(), randomUUID()],
  ];
  const doubted = ['wrong_payout', { given: 'passed', rightly: 'active' }] as const;
  for (const values of [signal('2026-03-14T12:00:00Z', older, ...doubted), signal('2026-03-14T13:00:00Z', newer)]) {
    await world.pool.query('INSERT INTO risk_signals VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8)', values);
  }
  const { body } = await world.call('GET /risk/signals', { token: risk.token });
  expect(body.signals.map((one: { legs: { accountId: string }[] }) => one.legs.map((leg) => leg.accountId))).toEqual([
    newer,
    older,
  ]);
  expect(body.signals[1]).toMatchObject({ kind: doubted[0], verdict: doubted[1] });
  expect(body.signals[0]).toMatchObject({
    kind: 'hedging',
    verdict: null,
    userId: trader.userId,
    beganAt: Date.UTC(2026, 2, 14, 13),
    seenUntil: Date.UTC(2026, 2, 14, 13),
  });
});

describe('decisions on a signal', () => {
  const keepSignal = async () => {
    const signalId = randomUUID();
    const at = '2026-03-15T12:00:00Z';
    const values = [signalId, 'hedging', `subject ${signalId}`, trader.userId, at, at, '[]', at];
    await world.pool.query('INSERT INTO risk_signals VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', values);
    return signalId;
  };
  const decide = (signalId: string, body: object, decisionId: string = randomUUID(), token = risk.token) =>
    world.call(`PUT /risk/signals/${signalId}/decisions/${decisionId}`, { body, token });
  const listed = async (which: string, signalId: string) => {
    const { body } = await world.call('GET /risk/signals', { token: risk.token, query: { which } });
    return body.signals.find((signal: { signalId: string }) => signal.signalId === signalId);
  };

  test('are put on record with who and why, once for each id, and a later one supersedes', async () => {
    const [signalId, first, second] = [await keepSignal(), randomUUID(), randomUUID()];
    expect(await listed('undecided', signalId)).toMatchObject({ decisions: [] });
    const dismissed = { outcome: 'dismissed', reason: ' Twins, known to us ' };
    const answer = await decide(signalId, dismissed, first);
    const kept = { decisionId: first, outcome: 'dismissed', reason: 'Twins, known to us', decidedBy: risk.userId };
    expect(answer).toMatchObject({ status: 200, body: kept });
    expect((await decide(signalId, dismissed, first)).body).toEqual(answer.body);
    const confirmed = { outcome: 'confirmed', reason: 'They are not' };
    expect(await decide(signalId, confirmed, first)).toMatchObject({
      status: 409,
      body: { refusal: 'decision_id_reused', errors: [{ field: 'decisionId' }] },
    });
    expect((await decide(signalId, confirmed, second, admin.token)).status).toBe(200);
    expect(await listed('undecided', signalId)).toBeUndefined();
    expect((await listed('decided', signalId)).decisions).toMatchObject([
      kept,
      { ...confirmed, decisionId: second, decidedBy: admin.userId },
    ]);
    const { rows } = await world.pool.query(
      'SELECT actor, action FROM audit_log WHERE subject = $1 ORDER BY audit_id',
      [signalId],
    );
    expect(rows).toEqual([
      { actor: risk.userId, action: 'signal.decided' },
      { actor: admin.userId, action: 'signal.decided' },
    ]);
  });

  test.each`
    what                        | body                                                       | field
    ${'no reason'}              | ${{ outcome: 'dismissed' }}                                | ${'reason'}
    ${'an empty reason'}        | ${{ outcome: 'dismissed', reason: '  ' }}                  | ${'reason'}
    ${'a reason without end'}   | ${{ outcome: 'dismissed', reason: 'x'.repeat(1_001) }}     | ${'reason'}
    ${'an outcome of tomorrow'} | ${{ outcome: 'punished', reason: 'Because' }}              | ${'outcome'}
    ${'a consequence'}          | ${{ outcome: 'confirmed', reason: 'Because', fail: true }} | ${'fail'}
  `('$what is refused and decides nothing', async ({ body, field }) => {
    const signalId = await keepSignal();
    const answer = await decide(signalId, body);
    expect(answer).toMatchObject({ status: 422, body: { refusal: 'invalid_request', errors: [{ field }] } });
    expect(await listed('undecided', signalId)).toBeDefined();
  });

  test('a signal that nobody knows is named, and no other list than the three', async () => {
    expect(await decide(randomUUID(), { outcome: 'confirmed', reason: 'Because' })).toMatchObject({
      status: 404,
      body: { refusal: 'signal_unknown', errors: [{ field: 'signalId' }] },
    });
    const answer = await world.call('GET /risk/signals', { token: risk.token, query: { which: 'some' } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'which' }] } });
  });
});
