import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { VenueSession } from '../../../adapters/venues/session';
import { SPOTS } from '../../../local/simulators/truth/listing';
import { systemClock } from '../../../runtime/edge';
import type { VenueFrame } from '../../../usecases/ports/market-data/venue-frames';
import { freePort } from '../../fixtures/free-port';
import { VenueLab } from '../../fixtures/venues/venue-lab';

/** A server that greets each connection, and a session that writes down what becomes of it. */
async function greeted(greeting: string, onText: (text: string) => void) {
  const port = await freePort();
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (client) => client.send(greeting));
  const session = new VenueSession('kraken', systemClock);
  const said: string[] = [];
  const opens: (() => void)[] = [];
  const openedAgain = new Promise<void>((resolve) => opens.push(() => undefined, resolve));
  const socket = session.connection({
    url: `ws://127.0.0.1:${port}`,
    silentAfterMs: 5_000,
    onOpen: () => opens.shift()?.(),
    onText,
    onLost: () => void said.push('lost'),
  });
  session.listener = {
    ...session.listener,
    onUnreadable: ({ text }) => void said.push(`kept ${text}`),
    onAlarm: (what) => void said.push(what),
  };
  const close = async () => {
    await session.stop();
    for (const client of server.clients) client.terminate();
    server.close();
  };
  return { session, socket, said, openedAgain, close };
}

test('a frame at which the connector fails is kept, rings, and begins the connection anew', async () => {
  const { session, socket, said, openedAgain, close } = await greeted('{"odd":1}', () => {
    throw new Error('no levels');
  });
  socket.start();
  await openedAgain;
  expect(said.slice(0, 3)).toEqual(['kept {"odd":1}', 'kraken: a frame could not be taken: Error: no levels', 'lost']);
  expect(session.health().reconnects).toBeGreaterThan(0);
  await close();
});

test('each frame is shown to the archive as it came, before the connector can fail at it, by its connection', async () => {
  const { session, socket, openedAgain, close } = await greeted('{"odd":1}', () => {
    throw new Error('no levels');
  });
  const shown: VenueFrame[] = [];
  session.listener = { ...session.listener, onFrame: (frame) => void shown.push(frame) };
  const began = systemClock.now();
  socket.start();
  await openedAgain;
  await close();
  session.answered('/book?id=1', '{"bids":[]}'); // Nobody listens any more.
  const [first, second] = shown;
  expect(first).toMatchObject({ venue: 'kraken', connection: '1.0', kind: 'socket', text: '{"odd":1}' });
  expect(first?.receivedAt).toBeGreaterThanOrEqual(began);
  expect(second?.connection ?? '1.1').toBe('1.1');
  expect(shown.every(({ kind }) => kind === 'socket')).toBe(true);
});

test('what has to be done once is tried again until it is done, and not after the stop', async () => {
  const { session, close } = await greeted('', () => undefined);
  let tries = 0;
  await new Promise<void>((resolve) => {
    void session.untilDone(async () => {
      tries += 1;
      if (tries < 2) throw new Error('the database is away');
      resolve();
    });
  });
  await close();
  await session.untilDone(async () => {
    tries += 1;
    throw new Error('it has stopped');
  });
  expect(tries).toBe(3);
});

test.each`
  venue           | known                                                          | unknown
  ${'kraken'}     | ${'{"method":"pong","success":true}'}                          | ${'{"channel":"level3","data":[]}'}
  ${'polymarket'} | ${'{"event_type":"best_bid_ask","asset_id":"1"}'}              | ${'{"event_type":"novelty"}'}
  ${'polymarket'} | ${'[{"event_type":"new_market"},{"event_type":"new_market"}]'} | ${'[{"event_type":"novelty"}]'}
`('a message of a kind that nobody knows is counted, and costs no book: $venue', async ({ venue, known, unknown }) => {
  const lab = venue === 'kraken' ? await VenueLab.kraken() : await VenueLab.polymarket();
  await lab.until(() => lab.books.size >= SPOTS.length);
  lab.venue.inject(known);
  lab.venue.inject(unknown);
  await lab.until(() => lab.feed.health().framesUnknown > 0);
  expect(lab.feed.health()).toMatchObject({ framesUnknown: 1, framesDropped: 0, gaps: 0 });
  lab.venue.inject('{"half":');
  await lab.until(() => lab.unreadable.length > 0);
  expect(lab.unreadable).toEqual(['{"half":']);
  await lab.close();
});
