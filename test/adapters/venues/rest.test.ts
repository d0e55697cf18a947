import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noCounts } from '../../../adapters/venues/counts';
import { BookSubscription } from '../../../adapters/venues/polymarket/books/book-subscription';
import { fetchBook } from '../../../adapters/venues/polymarket/wire/rest';
import { RestPaused, VenueRest } from '../../../adapters/venues/rest';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { VenueClock } from '../../../domain/market/venue-clock';
import { OUTCOMES } from '../../../local/simulators/truth/listing';
import { START } from './polymarket/followed-lab';
import { heldOutcome } from './polymarket/gamma-story';

type Answer = { readonly status: number; readonly retryAfter?: string };

/** A real server on a clock of our own: what it answers now, and when it was asked. */
class Door {
  now: Instant = START;
  answer: Answer = { status: 429 };
  readonly askedAt: number[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
    readonly rest: (random: () => number) => VenueRest,
  ) {}

  static async open(): Promise<Door> {
    const server = createServer((_, response) => {
      door.askedAt.push(door.now - START);
      const { status, retryAfter } = door.answer;
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('{"ok":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clock = { now: () => door.now };
    const door: Door = new Door(server, url, (random) => new VenueRest(url, { clock, random }));
    return door;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let door: Door;
beforeEach(async () => {
  door = await Door.open();
});
afterEach(() => door.close());

/** Asks every `everyMs` of the clock until `untilMs`; what came of the last question. */
async function askAll(rest: VenueRest, everyMs: number, untilMs: number): Promise<unknown> {
  let last: unknown;
  for (let at = 0; at <= untilMs; at += everyMs) {
    door.now = instant(START + at);
    last = await rest.json('/book').catch((error: unknown) => error);
  }
  return last;
}

test('the archive is shown what was asked for, word for word, and no refusal', async () => {
  const shown: string[] = [];
  const clock = { now: () => door.now };
  const rest = new VenueRest(door.url, { clock, onText: (path, text) => shown.push(`${path} ${text}`) });
  await expect(rest.json('/book')).rejects.toThrow('429');
  door.answer = { status: 200 };
  door.now = instant(START + 60_000);
  expect(await rest.json('/book?id=7')).toEqual({ ok: true });
  expect(shown).toEqual(['/book?id=7 {"ok":true}']);
});

test('a venue that says 429 is asked half as often each time, and never less than once a minute', async () => {
  const last = await askAll(
    door.rest(() => 1),
    500,
    600_000,
  );
  const gaps = door.askedAt.slice(1).map((at, before) => at - (door.askedAt[before] as number));
  expect(gaps.slice(0, 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  expect(Math.max(...gaps)).toBe(60_000);
  expect(last).toBeInstanceOf(RestPaused);
  expect(door.askedAt.length).toBeLessThan(20);
});

test('the pause is drawn between nothing and the whole, so that no two ask together', async () => {
  await askAll(
    door.rest(() => 0.25),
    125,
    8_000,
  );
  const gaps = door.askedAt.slice(1).map((at, before) => at - (door.askedAt[before] as number));
  expect(gaps.slice(0, 5)).toEqual([125, 250, 500, 1_000, 2_000]);
});

test.each`
  retryAfter                               | pauseMs
  ${'7'}                                   | ${7_000}
  ${new Date(START + 9_000).toUTCString()} | ${9_000}
  ${new Date(START - 9_000).toUTCString()} | ${500}
  ${'soon'}                                | ${500}
  ${'31536000'}                            | ${300_000}
`('Retry-After: $retryAfter makes a pause of $pauseMs ms', async ({ retryAfter, pauseMs }) => {
  door.answer = { status: 429, retryAfter };
  const rest = door.rest(() => 1);
  await rest.json('/book').catch(() => undefined);
  expect(rest.waitMs()).toBe(pauseMs);
});

test.each`
  status | pauseMs
  ${200} | ${0}
  ${404} | ${0}
  ${429} | ${500}
  ${500} | ${500}
  ${503} | ${500}
`('$status makes a pause of $pauseMs ms', async ({ status, pauseMs }) => {
  door.answer = { status };
  const rest = door.rest(() => 1);
  await rest.json('/book').catch(() => undefined);
  expect(rest.waitMs()).toBe(pauseMs);
});

test('a server that is not there is left alone as well', async () => {
  const rest = door.rest(() => 1);
  door.close();
  await expect(rest.json('/book')).rejects.toThrow('fetch failed');
  expect(rest.waitMs()).toBe(500);
});

test('questions that fail together count once; then one goes ahead, and its answer opens the door for all', async () => {
  const rest = door.rest(() => 1);
  const together = () => Promise.allSettled(Array.from({ length: 40 }, () => rest.json('/book')));
  await together();
  expect([door.askedAt.length, rest.waitMs()]).toEqual([40, 500]);
  await together();
  expect(door.askedAt).toHaveLength(40);
  door.now = instant(START + 500);
  await together();
  expect([door.askedAt.length, rest.waitMs()]).toEqual([41, 1_000]);
  [door.now, door.answer] = [instant(START + 1_500), { status: 200 }];
  expect((await together()).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await together()).filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
});

test('a hundred books that need REST ask it together no more often than one of them would', async () => {
  const rest = door.rest(() => 1);
  const books = Array.from({ length: 100 }, (_, at) => {
    const read = { ...heldOutcome(OUTCOMES[0]?.slug ?? '', 'yes'), venueSymbol: `${at}` };
    const parts = { clock: { now: () => door.now }, counts: noCounts(), onFrozen: () => undefined };
    return new BookSubscription(read, {
      ...parts,
      venueClock: new VenueClock(),
      proveEveryMs: () => 1_000,
      onBook: () => undefined,
      onHeld: () => undefined,
      fetchBook: (token) => fetchBook(rest, token),
    });
  });
  for (let at = 0; at <= 60_000; at += 100) {
    door.now = instant(START + at);
    for (const book of books) book.check();
    // The answers of this moment come before the next one.
    for (let turn = 0; turn < 3 && rest.waitMs() === 0; turn++) await new Promise((done) => setTimeout(done, 5));
  }
  // All of them at once before anything is known, then one at a time: after 0.5, 1, 2, 4, 8, 16 and 32 seconds.
  expect(door.askedAt.length).toBeLessThanOrEqual(100 + 7);
  expect(door.askedAt.at(-1)).toBeGreaterThan(20_000);
});

test('a ban is waited for to its end, however long: to ask meanwhile prolongs it', async () => {
  door.answer = { status: 418, retryAfter: '7200' };
  const rest = door.rest(() => 1);
  await askAll(rest, 60_000, 7_200_000);
  expect(door.askedAt).toEqual([0, 7_200_000]);
});
