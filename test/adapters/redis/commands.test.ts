import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { connectCommands, type RedisCommands } from '../../../adapters/redis/commands';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeRateLimiter } from '../../../adapters/redis/rate-limiter';
import { answered, RedisUnavailable } from '../../../adapters/redis/redis-errors';
import { encodeCommand, Replies, ReplyError } from '../../../adapters/redis/replies';
import { makeSessionCache } from '../../../adapters/redis/session-cache';
import { makeTickets } from '../../../adapters/redis/tickets';
import { idOf, type SessionId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { services } from '../../services/services';

const OK = '+OK\r\n';
/** What each connection sends before any command: its name. */
const NAMED = encodeCommand(['CLIENT', 'SETNAME', 'test']);

const open: { disconnect: () => void }[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.disconnect();
  for (const server of servers.splice(0)) server.close();
});

const commandsAt = (port: number, password?: string) => {
  const commands = connectCommands({ host: '127.0.0.1', port, tls: false, ...(password && { password }) }, 'test');
  open.push(commands);
  return commands;
};
const real = () => commandsAt(services().redisPort);

/** A server whose n-th connection behaves as the n-th function says, the last one from then on; tells what it heard. */
async function serverOf(...behaviours: ((socket: Socket, heard: string) => void)[]) {
  const heard: string[] = [];
  const server = createServer((socket) => {
    const at = Math.min(heard.length, behaviours.length - 1);
    const index = heard.push('') - 1;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard[index] = `${heard[index]}${chunk}`;
      behaviours[at]?.(socket, `${chunk}`);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { heard, commands: commandsAt((server.address() as AddressInfo).port) };
}

/** Says OK to whatever comes, command by command. */
const agree = (socket: Socket, heard: string) => socket.write(OK.repeat(heard.match(/\*\d+\r\n/g)?.length ?? 0));
const greetOnly = (then: (socket: Socket) => void) => (socket: Socket, heard: string) => {
  if (heard.includes(NAMED)) socket.write(OK);
  if (heard !== NAMED) then(socket);
};

test.each<[string, (redis: RedisCommands, key: string) => Promise<unknown>]>([
  ['a text that is there', (redis, key) => redis.set(key, 'žluť 🎯\r\n$5').then(() => redis.get(key))],
  ['one that is not', (redis, key) => redis.get(key)],
  ['a write with conditions', (redis, key) => redis.set(key, 'x', 'EX', 5, 'NX')],
  [
    'a write that its condition forbids',
    async (redis, key) => [await redis.set(key, 'x'), await redis.set(key, 'y', 'EX', 5, 'NX')],
  ],
  ['several texts', async (redis, key) => [await redis.set(key, 'x'), await redis.mget([key, `${key}-none`])]],
  ['reading away', async (redis, key) => [await redis.set(key, ''), await redis.getdel(key), await redis.getdel(key)]],
  ['a number', async (redis, key) => [await redis.set(key, 'x'), await redis.del(key), await redis.del(key)]],
  ['a script', (redis, key) => redis.eval("return {KEYS[1] == ARGV[1], 2, 'x', {}, false}", 1, key, key)],
  [
    'a range',
    async (redis, key) => [
      await redis.eval("redis.call('ZADD', KEYS[1], 1, 'a', 2, 'b')", 1, key),
      await redis.zrange(key, '-1', '-1'),
    ],
  ],
  ['a sign of life', (redis) => redis.ping()],
])('%s is answered as the whole client answers it', async (_, ask) => {
  const whole = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
  open.push(whole);
  const key = `commands:${randomUUID()}`;
  const asked = await ask(real(), key);
  await whole.del(key);
  expect(asked).toEqual(await ask(whole, key));
});

test('what the server refuses is its own word and no outage', async () => {
  const commands = real();
  const key = `commands:${randomUUID()}`;
  await commands.set(key, 'x');
  const asked = answered(commands.zrange(key, '0', '-1'));
  await expect(asked).rejects.toBeInstanceOf(ReplyError);
  await expect(asked).rejects.toThrow(/WRONGTYPE/);
});

test('what requests do: limits count, tickets admit once, an ended session stays ended', async () => {
  const commands = real();
  const limit = { name: 'commands', max: 3, windowMs: 10_000 };
  const subject = randomUUID();
  const taken = await Promise.all(Array.from({ length: 10 }, () => makeRateLimiter(commands).take(limit, subject)));
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(3);

  const caller = {
    userId: idOf<UserId>(randomUUID()),
    sessionId: idOf<SessionId>(randomUUID()),
    roles: ['trader'],
  } as const;
  const tickets = makeTickets(commands);
  const ticket = await tickets.issue(caller);
  const found = await Promise.all(Array.from({ length: 20 }, () => tickets.redeem(ticket)));
  expect(found.filter(Boolean)).toEqual([caller]);

  const cache = makeSessionCache(commands);
  await cache.end([caller.sessionId]);
  await cache.keep(caller.sessionId, { userId: caller.userId, roles: ['trader'], expiresAt: instant(1) });
  expect(await cache.find(caller.sessionId)).toBe('ended');
});

test('a command whose connection was lost is sent once more, and its answer is that one', async () => {
  const { heard, commands } = await serverOf(
    greetOnly((socket) => socket.destroy()),
    agree,
  );
  await expect(commands.set('k', 'v')).resolves.toBe('OK');
  expect(heard).toEqual([NAMED + encodeCommand(['SET', 'k', 'v']), NAMED + encodeCommand(['SET', 'k', 'v'])]);
});

test('it is sent no third time: that is an outage', async () => {
  const { heard, commands } = await serverOf(greetOnly((socket) => socket.destroy()));
  await expect(answered(commands.set('k', 'v'))).rejects.toBeInstanceOf(RedisUnavailable);
  expect(heard.join('').split(encodeCommand(['SET', 'k', 'v']))).toHaveLength(3);
});

test('a connection that falls silent fails its command in time and is given up: the next one is answered', async () => {
  const { heard, commands } = await serverOf(
    greetOnly(() => undefined),
    agree,
  );
  const began = performance.now();
  await expect(answered(commands.get('k'))).rejects.toBeInstanceOf(RedisUnavailable);
  expect(performance.now() - began).toBeLessThan(1_000);
  await expect(commands.set('k', 'v')).resolves.toBe('OK');
  expect(heard).toHaveLength(2);
});

test('a server that is away fails a command in time, and answers again when it is back', async () => {
  const { commands, heard } = await serverOf(agree);
  const server = servers.at(-1) as Server;
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const began = performance.now();
  await expect(answered(commands.get('k'))).rejects.toBeInstanceOf(RedisUnavailable);
  expect(performance.now() - began).toBeLessThan(1_000);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await expect(commands.set('k', 'v')).resolves.toBe('OK');
  expect(heard).toHaveLength(1);
});

test('a replica in the old primary’s place says no once; the next command asks anew who is primary', async () => {
  const { heard, commands } = await serverOf(
    greetOnly((socket) => socket.write('-READONLY You can not write against a read only replica.\r\n')),
    agree,
  );
  await expect(answered(commands.set('k', 'v'))).rejects.toBeInstanceOf(RedisUnavailable);
  await expect(commands.set('k', 'v')).resolves.toBe('OK');
  expect(heard).toHaveLength(2);
});

test('a wrong password is told in the server’s words, for every command that waits', async () => {
  const refusing = createServer((socket) =>
    socket.on('error', () => undefined).on('data', () => socket.write('-WRONGPASS no\r\n+OK\r\n')),
  );
  servers.push(refusing);
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  const commands = commandsAt((refusing.address() as AddressInfo).port, 'wrong');
  for (const asked of [commands.get('a'), commands.get('b')])
    await expect(answered(asked)).rejects.toThrow(/WRONGPASS/);
});

test('answers stay with their questions when connections die under load', async () => {
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const upstream = connect(services().redisPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(upstream).pipe(client);
  });
  servers.push(proxy);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const commands = commandsAt((proxy.address() as AddressInfo).port);
  const key = `commands:${randomUUID()}`;
  const wrong: string[] = [];
  let right = 0;
  for (let wave = 0; wave < 20; wave++) {
    const asked = Array.from({ length: 50 }, async (_, at) => {
      const text = `${wave}-${at}`;
      const got = await commands.eval('return ARGV[1]', 1, key, text).catch(() => undefined);
      if (got === text) right++;
      else if (got !== undefined) wrong.push(`${text} was answered by ${got}`);
    });
    if (wave % 2 === 1) for (const socket of sockets) socket.destroy();
    await Promise.all(asked);
  }
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(500);
  for (const socket of sockets) socket.destroy();
});

test('replies are read wherever the network cuts them', () => {
  const wire = Buffer.from(
    '+OK\r\n:-7\r\n$-1\r\n$9\r\nžluť\r\n!\r\n*3\r\n$1\r\na\r\n*0\r\n*-1\r\n-ERR no\r\n$0\r\n\r\n',
  );
  const expected = ['OK', -7, null, 'žluť\r\n!', ['a', [], null], new ReplyError('ERR no'), ''];
  fc.assert(
    fc.property(fc.array(fc.nat(wire.length), { maxLength: 12 }), (cuts) => {
      const replies = new Replies();
      const edges = [0, ...cuts.sort((a, b) => a - b), wire.length];
      const read = edges.slice(1).flatMap((end, at) => replies.push(wire.subarray(edges[at], end)));
      expect(read).toEqual(expected);
    }),
  );
  expect(() => new Replies().push(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toThrow('another protocol');
});
