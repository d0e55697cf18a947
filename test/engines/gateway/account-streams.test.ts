import { serverMessage } from '../../../contracts/ws/messages';
import { accountEvent, accountOf, follow, markOf, World } from './gateway-harness';

/** Goal: what happens to an account is a log: told once, in order, and whoever was away is told what they missed. */
describe('an account', () => {
  test('snapshot first, then each event once and in order, with its correlation id; frames are numbered', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    const { socket, connection } = await world.connect();
    await world.say(connection, follow(1));
    for (const version of [5, 7, 6, 6, 8]) world.gateway.onEvent(accountEvent(1, version));
    expect(socket.story()).toBe('s5 6 7 8');
    expect(socket.ofType('account-event')[0]).toMatchObject({
      event: 'assessment.day-opened',
      correlationId: 'correlation-of-6',
      data: { dayAnchorUsd: '0.00' },
    });
    expect(socket.got.map((message) => message.n)).toEqual([1, 2, 3, 4, 5]);
    for (const message of socket.got) expect(serverMessage.safeParse(message).success).toBe(true);
  });

  test('events that come while the snapshot loads are told after it, those it contains are not', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    let loaded = () => {};
    world.beforeLoad = () => new Promise((resolve) => (loaded = resolve));
    const { socket, connection } = await world.connect();
    const following = world.say(connection, follow(1));
    for (const version of [4, 5, 6]) world.gateway.onEvent(accountEvent(1, version));
    expect(socket.story()).toBe('');
    loaded();
    await following;
    expect(socket.story()).toBe('s5 6');
  });

  test('a gap that lasts two seconds is closed from the journal', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    const { socket, connection } = await world.connect();
    await world.say(connection, follow(1));
    world.gateway.onEvent(accountEvent(1, 7));
    world.versions.set(accountOf(1), 8);
    world.now += 1_999;
    await world.gateway.recoverGaps();
    expect(socket.story()).toBe('s5');
    world.now += 1;
    await world.gateway.recoverGaps();
    world.gateway.onEvent(accountEvent(1, 9));
    expect(socket.story()).toBe('s5 r5 6 7 8 9');
    expect(world.counted).toContain('recovered');
  });

  test('where the journal does not reach back so far a fresh snapshot closes the gap', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    world.journalAfter = 6;
    const { socket, connection } = await world.connect();
    await world.say(connection, follow(1));
    world.gateway.onEvent(accountEvent(1, 7));
    world.versions.set(accountOf(1), 8);
    world.now += 2_000;
    await world.gateway.recoverGaps();
    world.gateway.onEvent(accountEvent(1, 9));
    expect(socket.story()).toBe('s5 s8 9');
  });

  test.each`
    since | version | story
    ${5}  | ${8}    | ${'r5 6 7 8 9'}
    ${8}  | ${8}    | ${'r8 9'}
    ${1}  | ${501}  | ${`r1 ${Array.from({ length: 501 }, (_, at) => at + 2).join(' ')}`}
    ${1}  | ${502}  | ${'s502 503'}
    ${9}  | ${8}    | ${'s8 9'}
  `(
    'who has version $since of an account at $version is told what is missing, or all anew',
    async ({ since, version, story }) => {
      const world = new World();
      world.versions.set(accountOf(1), version);
      const { socket, connection } = await world.connect();
      await world.say(connection, { ...follow(1), since });
      world.gateway.onEvent(accountEvent(1, version + 1));
      expect(socket.story()).toBe(story);
      for (const message of socket.got) expect(serverMessage.safeParse(message).success).toBe(true);
    },
  );

  test('what is told from the journal is what was told live', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    const [live, late] = [await world.connect(), await world.connect()];
    await world.say(live.connection, follow(1));
    world.gateway.onEvent(accountEvent(1, 6));
    world.versions.set(accountOf(1), 6);
    await world.say(late.connection, { ...follow(1), since: 5 });
    const [told, again] = [live, late].map(({ socket }) => socket.ofType('account-event')[0]);
    expect({ ...again, n: 0 }).toEqual({ ...told, n: 0 });
  });

  test('nobody is told what happened to the account of another', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 8);
    const { socket, connection } = await world.connect(2);
    await world.say(connection, { ...follow(1), since: 5 });
    expect(socket.got.at(-1)).toMatchObject({ type: 'error', refusal: 'account_unknown' });
    expect(socket.story()).toBe('');
  });

  test('a snapshot that cannot be loaded is tried again until it can', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    world.isDatabaseDown = true;
    const { socket, connection } = await world.connect();
    await world.say(connection, follow(1));
    world.gateway.onEvent(accountEvent(1, 6));
    world.now += 2_000;
    await world.gateway.recoverGaps();
    world.isDatabaseDown = false;
    world.now += 2_000;
    await world.gateway.recoverGaps();
    expect(socket.story()).toBe('s5 6');
  });

  test('after unsubscribing nothing more comes; following again begins with a snapshot', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    const { socket, connection } = await world.connect();
    await world.say(connection, follow(1));
    await world.say(connection, { op: 'unsubscribe-account', accountId: accountOf(1) });
    world.gateway.onEvent(accountEvent(1, 6));
    await world.gateway.keepWatching();
    expect(world.watchedNow).toEqual([]);
    world.versions.set(accountOf(1), 6);
    await world.say(connection, follow(1));
    world.gateway.onEvent(accountEvent(1, 7));
    expect(socket.story()).toBe('s5 s6 7');
  });

  test('a mark reaches those who follow its account', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    const [follower, other] = [await world.connect(), await world.connect()];
    await world.say(follower.connection, follow(1));
    expect(world.watchedNow).toEqual([accountOf(1)]);
    world.gateway.onMark(markOf(accountOf(1)));
    expect(follower.socket.ofType('account-mark')[0]?.mark).toMatchObject({ equityUsd: '1.50', balanceUsd: '2.00' });
    expect(other.socket.ofType('account-mark')).toEqual([]);
  });
});
