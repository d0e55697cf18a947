import { makeInstrumentStore } from '../../../adapters/cockroach/market-data/instrument-store';
import { idOf } from '../../../domain/kernel/ids';
import { price } from '../../../domain/kernel/money';
import { systemClock } from '../../../runtime/edge';
import { heldAtOnce } from '../../fakes/held-books';
import { freePort } from '../../fixtures/free-port';
import { BTC, bitcoin, bookAt, newAssessment, trader, units } from '../../fixtures/stored-account';
import { storesOn } from '../cockroach/stores';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
});
afterAll(() => world.stop());

const redisOf = async () => (await import('../../../runtime/redis')).openRedis();
const databaseOf = async () => (await import('../../../runtime/database')).functionDatabase();
/** What the schedule does each minute. */
const keep = async () => (await import('../../../lambdas/keep-leaderboards/handler')).handler();

/** Closes five trades, each of which gains what Bitcoin rises by in between. */
async function tradeWell(userId: string, tierId: string, rise: bigint) {
  const database = await databaseOf();
  const stores = storesOn(database);
  await makeInstrumentStore(database).upsert([bitcoin]);
  const plain = newAssessment();
  const { given, inbox } = newAssessment({
    userId: idOf(userId),
    pinned: { ...plain.given.pinned, tierId: idOf(tierId) },
    day: new Date().toISOString().slice(0, 10),
  });
  await stores.assessments.create(given, inbox);
  let at = 60_000n;
  const touch = (dollars: bigint) => [
    { price: price(units(dollars)), qty: bookAt(0 as never).bids[0]?.qty ?? (0n as never) },
  ];
  const book = () => ({ ...bookAt(systemClock.now()), bids: touch(at - 1n), asks: touch(at + 1n) });
  const order = trader(stores.accounts, given, systemClock, {
    books: heldAtOnce(async () => new Map([[BTC, book()]])),
  });
  for (let trade = 0; trade < 5; trade++) {
    for (const side of ['buy', 'sell'] as const) {
      const placed = await order(side, units(1n) / 50n);
      if (!placed.ok) throw new Error(placed.refusal);
      at += side === 'buy' ? rise : 0n;
    }
  }
}

async function named(name: string) {
  const person = await signedIn(world);
  await world.pool.query('UPDATE users SET display_name = $2 WHERE user_id = $1', [person.userId, name]);
  return person;
}

const board = async (query: Record<string, string>) => (await world.call('GET /leaderboards', { query })).body;

/** Goal: who trades well is seen, as they choose, by everybody, and a lost board is back by the next minute. */
test('trades become a line, masked; the choice changes it at once; a lost board comes back the same', async () => {
  const [jane, ann] = [await named('Jane Doe'), await named('Ann Lee')];
  const [tier] = (await world.call('GET /tiers')).body.tiers;
  const query = { tier: tier.slug };
  await tradeWell(jane.userId, tier.tierId, 2_000n);
  await tradeWell(ann.userId, tier.tierId, 3_000n);
  await keep();
  const first = await board(query);
  expect(first).toMatchObject({
    tier: tier.slug,
    month: new Date().toISOString().slice(0, 7),
    isWhole: true,
    total: 2,
  });
  expect(
    first.lines.map(({ rank, name, tradesClosed, attempts }: never) => [rank, name, tradesClosed, attempts]),
  ).toEqual([
    [1, 'A••• L.', 5, 1],
    [2, 'J••• D.', 5, 1],
  ]);
  const text = JSON.stringify(first);
  for (const secret of [jane.userId, ann.userId, jane.email, 'Jane Doe']) expect(text).not.toContain(secret);
  const own = (await world.call('GET /leaderboards/own', { query, token: jane.token })).body.line;
  expect(own).toEqual(first.lines[1]);

  const put = (choice: string) => world.call('PUT /me/leaderboards', { token: jane.token, body: { choice } });
  expect((await world.call('GET /me/leaderboards', { token: jane.token })).body).toEqual({
    choice: 'masked',
    masked: 'J••• D.',
    named: 'Jane Doe',
  });
  expect((await put('named')).body.choice).toBe('named');
  expect((await board(query)).lines[1].name).toBe('Jane Doe');
  const redis = await redisOf();
  await redis.del(...(await redis.keys('leaderboard*')));
  expect(await board(query)).toMatchObject({ isWhole: false, total: 0, lines: [] });
  await keep();
  const again = await board(query);
  expect(again.lines.map(({ name, returned }: never) => [name, returned])).toEqual([
    ['A••• L.', first.lines[0].returned],
    ['Jane Doe', first.lines[1].returned],
  ]);
  await put('hidden');
  expect((await board(query)).lines).toHaveLength(1);
  expect((await world.call('GET /leaderboards/own', { query, token: jane.token })).body.line).toBeNull();

  const page = await board({ ...query, limit: '1' });
  expect([page.lines.length, page.next]).toEqual([1, null]);
});

test.each`
  query                                       | status | refusal                  | field
  ${{}}                                       | ${422} | ${'invalid_request'}     | ${'tier'}
  ${{ tier: 'No Such' }}                      | ${422} | ${'invalid_request'}     | ${'tier'}
  ${{ tier: 'no-such' }}                      | ${404} | ${'leaderboard_unknown'} | ${'tier'}
  ${{ tier: 'sprint-10k', month: '2026-13' }} | ${422} | ${'invalid_request'}     | ${'month'}
  ${{ tier: 'sprint-10k', month: '2020-01' }} | ${404} | ${'leaderboard_unknown'} | ${'month'}
  ${{ tier: 'sprint-10k', limit: '101' }}     | ${422} | ${'invalid_request'}     | ${'limit'}
  ${{ tier: 'sprint-10k', who: 'me' }}        | ${422} | ${'invalid_request'}     | ${'who'}
`('$query is refused as $refusal, which names $field', async ({ query, status, refusal, field }) => {
  const answer = await world.call('GET /leaderboards', { query });
  expect(answer).toMatchObject({ status, body: { refusal, errors: [{ field }] } });
});

test('one’s own place and choice need a session, and a choice is one of three', async () => {
  expect((await world.call('GET /leaderboards/own', { query: { tier: 'sprint-10k' } })).status).toBe(401);
  expect((await world.call('PUT /me/leaderboards', { body: { choice: 'named' } })).status).toBe(401);
  const jane = await signedIn(world);
  const answer = await world.call('PUT /me/leaderboards', { token: jane.token, body: { choice: 'loud' } });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'choice' }] } });
});
