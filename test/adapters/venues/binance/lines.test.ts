import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { Lines } from '../../../../adapters/venues/binance/lines';
import { VenueSession } from '../../../../adapters/venues/session';
import { systemClock } from '../../../../runtime/edge';
import { freePort } from '../../../fixtures/free-port';

/** A server whose connections a test holds in its hand, and what the lines make of them. */
async function opened(lifeMs = 60_000) {
  const port = await freePort();
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  const clients: WebSocket[] = [];
  server.on('connection', (client) => void clients.push(client));
  const said: string[] = [];
  const session = new VenueSession('binance', systemClock);
  const lines = new Lines({
    session,
    url: `ws://127.0.0.1:${port}`,
    silentAfterMs: 10_000,
    lifeMs,
    onOpen: () => void said.push('open'),
    onText: (text) => {
      if (text === 'bad') throw new Error('no frame');
      said.push(text);
    },
    onLost: () => void said.push('lost'),
  });
  session.listener = { ...session.listener, onAlarm: (what) => void said.push(what) };
  session.every(20, () => lines.check());
  lines.start();
  const until = async (isDone: () => boolean) => {
    while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const close = async () => {
    await session.stop();
    for (const client of server.clients) client.terminate();
    server.close();
  };
  await until(() => said.includes('open'));
  /** The second connection is open on both sides. */
  const isReplacing = async () => {
    await until(() => clients.length === 2);
    const isHeard = once(clients[1] as WebSocket, 'pong');
    clients[1]?.ping();
    await isHeard;
  };
  return { session, lines, clients, said, until, isReplacing, close };
}

test('a connection is replaced without a word of loss: the frames of the new one wait until it takes over', async () => {
  const { session, lines, clients, said, until, isReplacing, close } = await opened();
  lines.replace();
  lines.replace();
  await isReplacing();
  const [old, next] = clients as [WebSocket, WebSocket];
  next.send('b');
  old.send('a');
  await until(() => said.includes('a'));
  const isClosed = once(old, 'close');
  await isClosed;
  next.send('c');
  await until(() => said.includes('c'));
  expect(said).toEqual(['open', 'a', 'b', 'c']);
  expect(session.health()).toMatchObject({ isConnected: true, reconnects: 0 });
  expect(clients).toHaveLength(2);
  await close();
});

test('where the old one is cut first, the new one goes on at once with what it brought', async () => {
  const { session, lines, clients, said, until, isReplacing, close } = await opened();
  lines.replace();
  await isReplacing();
  const [old, next] = clients as [WebSocket, WebSocket];
  next.send('b');
  await new Promise((resolve) => next.ping(resolve));
  await once(next, 'pong');
  old.terminate();
  await until(() => said.includes('b'));
  expect(said).toEqual(['open', 'b']);
  expect(session.health().isConnected).toBe(true);
  await close();
});

test('a frame at which the connector fails while the new one takes over rings, and begins that connection anew', async () => {
  const { lines, clients, said, until, isReplacing, close } = await opened();
  lines.replace();
  await isReplacing();
  (clients[1] as WebSocket).send('bad');
  await until(() => said.filter((what) => what === 'open').length === 2);
  expect(said).toEqual(['open', 'binance: a frame could not be taken: Error: no frame', 'lost', 'open']);
  await close();
});

test('a connection is replaced at its age, again and again', async () => {
  const { session, clients, said, until, close } = await opened(100);
  await until(() => clients.length >= 3);
  expect(said).toEqual(['open']);
  expect(session.health()).toMatchObject({ isConnected: true, reconnects: 0 });
  await close();
});

test('a connection that is to be begun anew twice at once is begun anew once', async () => {
  const { session, lines, said, until, close } = await opened();
  lines.restart();
  await until(() => said.length === 3);
  lines.restart();
  lines.restart();
  expect(said).toEqual(['open', 'lost', 'open']);
  expect(session.health().reconnects).toBe(1);
  await close();
});
