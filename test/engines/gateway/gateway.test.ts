import { LIMITS } from '../../../engines/gateway/connection';
import { accountEvent, accountOf, follow, sessionOf, World } from './gateway-harness';

/** Goal: the protocol of contracts/ws/messages.ts as a browser lives it, without a server. */

describe('handshake', () => {
  test('a ticket opens one connection, which is welcomed with frame 1', async () => {
    const world = new World();
    const { socket, ticket } = await world.connect();
    expect(socket.got).toEqual([{ type: 'welcome', n: 1, connectionId: 'connection-1' }]);
    const second = await world.connect(1, { ticket });
    expect(second.socket.closedWith).toBe(4401);
    expect(second.connection).toBeUndefined();
  });

  test.each`
    handshake                             | code
    ${{ ticket: undefined }}              | ${4401}
    ${{ ticket: 'forged' }}               | ${4401}
    ${{ origin: 'https://evil.example' }} | ${4403}
    ${{ origin: 'null' }}                 | ${4403}
  `('$handshake is closed with $code and told nothing', async ({ handshake, code }) => {
    const world = new World();
    const { socket } = await world.connect(1, handshake);
    expect([socket.closedWith, socket.got, world.counted]).toEqual([code, [], [`turned away ${code}`]]);
  });

  test('a program that names no origin needs only its ticket', async () => {
    const { socket } = await new World().connect(1, { origin: undefined });
    expect(socket.got).toHaveLength(1);
  });
});

describe('what a browser may not send', () => {
  test.each`
    message                                                            | refusal                 | field
    ${'{'}                                                             | ${'malformed_json'}     | ${'message'}
    ${'{"op":"dance"}'}                                                | ${'invalid_request'}    | ${'op'}
    ${'{"op":"ping","id":1,"more":2}'}                                 | ${'invalid_request'}    | ${'more'}
    ${'{"op":"subscribe-account","accountId":"1"}'}                    | ${'invalid_request'}    | ${'accountId'}
    ${'{"op":"subscribe-quotes","instruments":[]}'}                    | ${'invalid_request'}    | ${'instruments'}
    ${'{"op":"subscribe-quotes","instruments":["BTC-USD","NO-SUCH"]}'} | ${'instrument_unknown'} | ${'instruments'}
    ${JSON.stringify(follow(9))}                                       | ${'account_unknown'}    | ${'accountId'}
  `('$message is refused as $refusal', async ({ message, refusal, field }) => {
    const world = new World();
    const { socket, connection } = await world.connect();
    await world.say(connection, message);
    expect(socket.ofType('error')).toMatchObject([{ n: 2, refusal, field }]);
    expect(socket.closedWith).toBeUndefined();
    expect([...connection.instruments, ...connection.accounts]).toEqual([]);
  });

  test("somebody else's account does not exist", async () => {
    const world = new World();
    world.versions.set(accountOf(1), 3);
    const { socket, connection } = await world.connect(2);
    await world.say(connection, follow(1));
    world.gateway.onEvent(accountEvent(1, 4));
    expect(socket.ofType('error')).toMatchObject([{ refusal: 'account_unknown', field: 'accountId' }]);
    expect(socket.story()).toBe('');
  });

  test('more than fifty messages in ten seconds end the connection, fifty do not', async () => {
    const world = new World();
    const { socket, connection } = await world.connect();
    for (let id = 1; id <= LIMITS.messages; id++) await world.say(connection, { op: 'ping', id });
    expect([socket.ofType('pong').length, socket.closedWith]).toEqual([50, undefined]);
    world.now += LIMITS.messagesWindowMs;
    for (let id = 1; id <= LIMITS.messages; id++) await world.say(connection, { op: 'ping', id });
    expect(socket.closedWith).toBeUndefined();
    await world.say(connection, { op: 'ping', id: 51 });
    expect([socket.ofType('pong').length, socket.closedWith]).toEqual([100, 4429]);
    expect(world.counted).toContain('closed 4429');
  });

  test('a message over 64 KB ends the connection', async () => {
    const world = new World();
    const { socket, connection } = await world.connect();
    await world.say(connection, `{"op":"ping","id":${' '.repeat(LIMITS.frameBytes)}1}`);
    expect(socket.closedWith).toBe(1009);
  });

  test('the twenty-first account and the hundred-and-first instrument are refused', async () => {
    const world = new World();
    const { socket, connection } = await world.connect();
    for (let n = 1; n <= LIMITS.accounts + 1; n++) {
      world.versions.set(accountOf(n), 1);
      await world.say(connection, follow(n));
    }
    expect(socket.ofType('account-snapshot')).toHaveLength(20);
    const many = Array.from({ length: 100 }, (_, n) => `PM-market-${n}-YES`);
    for (const id of many) world.instruments.add(id as never);
    await world.say(connection, { op: 'subscribe-quotes', instruments: many });
    await world.say(connection, { op: 'subscribe-quotes', instruments: ['BTC-USD'] });
    expect(socket.ofType('error').map(({ refusal, field }) => `${refusal} ${field}`)).toEqual([
      'too_many_subscriptions accountId',
      'too_many_subscriptions instruments',
    ]);
  });
});

test('signing out closes every tab of the session and no other', async () => {
  const world = new World();
  const [first, second, other] = [await world.connect(1), await world.connect(1), await world.connect(2)];
  world.deadSessions.add(sessionOf(1));
  await world.gateway.endDeadSessions();
  expect([first, second, other].map(({ socket }) => socket.closedWith)).toEqual([4401, 4401, undefined]);
});

test('a session that ends elsewhere closes its tabs at once', async () => {
  const world = new World();
  const [first, second, other] = [await world.connect(1), await world.connect(1), await world.connect(2)];
  world.gateway.endSessions([sessionOf(3), sessionOf(1)]);
  expect([first, second, other].map(({ socket }) => socket.closedWith)).toEqual([4401, 4401, undefined]);
});

test('a restart closes all with 1001, so that browsers come back', async () => {
  const world = new World();
  const { socket, connection } = await world.connect();
  world.gateway.closeAll();
  expect([socket.closedWith, connection.isOpen]).toEqual([1001, false]);
  expect(socket.got.at(-1)).toMatchObject({ type: 'closing', reconnectInMs: 1_500 });
});
