import type { AccountId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { ZERO_USD } from '../../../domain/kernel/money';
import { SEATS_MAX } from '../../../usecases/ports/gateway/seats';
import { accountEvent, accountOf, sessionOf, World } from './gateway-harness';

const follow = (n: number) => ({ op: 'subscribe-account', accountId: accountOf(n) });

const NO_WAY_OUT = { breach: null, pause: null, passes: false, feeUsd: ZERO_USD, netUsd: ZERO_USD };

const markOf = (accountId: AccountId) => ({
  accountId,
  equityUsd: 1_500_000n as never,
  worstUsd: 1_500_000n as never,
  bestUsd: 1_500_000n as never,
  unpriced: [],
  inDoubt: null,
  balanceUsd: 2_000_000n as never,
  rooms: [],
  deadlines: [],
  gates: [],
  waysOut: { positions: [], all: NO_WAY_OUT },
  at: instant(1),
});

/** Goal: nothing of an account is told before it is known whose it is. Accounts belong to user 1; user 2 asks. */
describe('an account of another', () => {
  const told = (socket: { got: readonly { type: string }[] }) => socket.got.map(({ type }) => type);

  test.each(['while it is being loaded', 'while the database is away'])(
    '%s neither mark nor event is told',
    async (when) => {
      const world = new World();
      world.versions.set(accountOf(1), 5);
      let loaded = () => {};
      if (when.includes('away')) world.isDatabaseDown = true;
      else world.beforeLoad = () => new Promise((resolve) => (loaded = resolve));
      const { socket, connection } = await world.connect(2);
      const following = world.say(connection, follow(1));
      await new Promise(setImmediate);
      world.gateway.onMark(markOf(accountOf(1)));
      world.gateway.onEvent(accountEvent(1, 6));
      await world.gateway.keepWatching();
      expect([told(socket), world.watchedNow]).toEqual([['welcome'], []]);

      world.isDatabaseDown = false;
      loaded();
      await following;
      world.now += 2_000;
      await world.gateway.recoverGaps();
      world.gateway.onMark(markOf(accountOf(1)));
      expect(told(socket)).toEqual(['welcome', 'error']);
    },
  );

  test('its owner hears of it at the same time, and again once the database is back', async () => {
    const world = new World();
    world.versions.set(accountOf(1), 5);
    const { socket, connection } = await world.connect(1);
    await world.say(connection, follow(1));
    world.isDatabaseDown = true;
    const other = await world.connect(2);
    await world.say(other.connection, follow(1));
    world.gateway.onMark(markOf(accountOf(1)));
    expect(told(socket)).toEqual(['welcome', 'account-snapshot', 'account-mark']);
    expect(told(other.socket)).toEqual(['welcome']);
  });
});

describe('a session that has ended', () => {
  test('connects no more, although its ticket is still good', async () => {
    const world = new World();
    world.deadSessions.add(sessionOf(1));
    const { socket, connection } = await world.connect(1);
    expect([socket.closedWith, socket.got, connection]).toEqual([4401, [], undefined]);
  });

  test('is closed although another cannot be asked for', async () => {
    const world = new World();
    const [unknown, dead] = [await world.connect(1), await world.connect(2)];
    world.unknownSessions.add(sessionOf(1));
    world.deadSessions.add(sessionOf(2));
    await expect(world.gateway.endDeadSessions()).rejects.toThrow('cannot be asked for');
    expect([unknown.socket.closedWith, dead.socket.closedWith]).toEqual([undefined, 4401]);
  });

  test('that cannot be asked for is told to try again', async () => {
    const world = new World();
    world.unknownSessions.add(sessionOf(1));
    const { socket } = await world.connect(1);
    expect([socket.closedWith, socket.got]).toEqual([1013, []]);
  });
});

describe('places', () => {
  test('a person’s connection over the limit is closed with 4429 and told nothing; a closed one makes room', async () => {
    const world = new World();
    const open = await Promise.all(Array.from({ length: SEATS_MAX.person }, () => world.connect(1)));
    const over = await world.connect(1);
    expect([over.socket.closedWith, over.socket.got]).toEqual([4429, []]);
    expect(open.every(({ socket }) => socket.closedWith === undefined)).toBe(true);
    expect((await world.connect(2)).socket.closedWith).toBeUndefined();
    if (open[0]) world.gateway.closed(open[0].connection, 1001);
    expect((await world.connect(1)).socket.closedWith).toBeUndefined();
  });

  test('an address is full for everybody who comes from it, and for nobody else', async () => {
    const world = new World();
    for (let n = 1; n <= SEATS_MAX.address; n++) await world.connect(n);
    const over = await world.connect(SEATS_MAX.address + 1);
    expect([over.socket.closedWith, over.socket.got]).toEqual([4429, []]);
    const elsewhere = await world.connect(SEATS_MAX.address + 1, { address: '198.51.100.1' });
    expect(elsewhere.socket.closedWith).toBeUndefined();
  });

  test('connections that live keep theirs for hours; a restart gives all of them back', async () => {
    const world = new World();
    for (let n = 0; n < SEATS_MAX.person; n++) await world.connect(1);
    for (let minutes = 0; minutes < 240; minutes++) {
      world.now += 30_000;
      await world.gateway.keepSeats();
    }
    expect((await world.connect(1)).socket.closedWith).toBe(4429);
    await world.gateway.closeAll();
    expect((await world.connect(1)).socket.closedWith).toBeUndefined();
  });
});
