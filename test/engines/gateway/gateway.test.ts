import { serverMessage } from '../../../contracts/ws/messages';
import { LIMITS } from '../../../engines/gateway/connection';
import {
  accountEvent,
  accountOf,
  BTC,
  ETH,
  marketEvent,
  markOf,
  quoteData,
  quoteEvent,
  sessionOf,
  World,
} from './gateway-harness';

/** Goal: the protocol of contracts/ws/messages.ts as a browser lives it, without a server. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
const follow = (n: number) => ({ op: 'subscribe-account', accountId: accountOf(n) });

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

describe('quotes', () => {
  test('the latest is sent at once, then one frame per flush with the newest of each instrument', async () => {
    const world = new World();
    world.gateway.onEvent(quoteEvent(quoteData(BTC, 1, '91000.1', world.now)));
    world.storedQuotes.push(quoteData(ETH, 7, '3100', world.now));
    const { socket, connection } = await world.connect();
    await world.say(connection, { op: 'subscribe-quotes', instruments: [BTC, ETH] });
    world.now += 12;
    for (const sequence of [2, 3, 4]) {
      world.gateway.onEvent(quoteEvent(quoteData(BTC, sequence, `9100${sequence}`, world.now - 9)));
    }
    await settle();
    const frames = socket.ofType('quotes').map(({ quotes }) => quotes.map((q) => `${q.instrument} ${q.bid?.[0]}`));
    expect(frames).toEqual([['BTC-USD 91000.1', 'ETH-USD 3100'], ['BTC-USD 91004']]);
    expect(socket.ofType('quotes')[0]?.quotes[0]).toMatchObject({ bid: ['91000.1', '1.5'], ask: null, sequence: 1 });
    expect(world.counted.filter((name) => name.startsWith('quote'))).toEqual(['quote 9']);
  });

  test('an instrument without a quote yet is followed; unsubscribing and leaving end it', async () => {
    const world = new World();
    const [stays, leaves, gone] = [await world.connect(), await world.connect(), await world.connect()];
    for (const { connection } of [stays, leaves, gone]) {
      await world.say(connection, { op: 'subscribe-quotes', instruments: [BTC] });
    }
    await world.say(leaves.connection, { op: 'unsubscribe-quotes', instruments: [BTC] });
    world.gateway.closed(gone.connection, 1001);
    world.gateway.onEvent(quoteEvent(quoteData(BTC, 1, '91000', world.now)));
    await settle();
    expect([stays, leaves, gone].map(({ socket }) => socket.ofType('quotes').length)).toEqual([1, 0, 0]);
  });

  test('who follows an instrument hears at once that its market was halted or resolved, nobody else does', async () => {
    const world = new World();
    const [follower, other] = [await world.connect(), await world.connect()];
    await world.say(follower.connection, { op: 'subscribe-quotes', instruments: [BTC] });
    await world.say(other.connection, { op: 'subscribe-quotes', instruments: [ETH] });
    world.gateway.onEvent(marketEvent({ instrument: BTC, status: 'halted', payout: null }));
    world.gateway.onEvent(marketEvent({ instrument: BTC, status: 'resolved', payout: { kind: 'pays', price: '1' } }));
    expect(follower.socket.ofType('instrument-changed')).toEqual([
      { type: 'instrument-changed', n: 2, instrument: BTC, status: 'halted', payout: null },
      {
        type: 'instrument-changed',
        n: 3,
        instrument: BTC,
        status: 'resolved',
        payout: { kind: 'pays', price: '1' },
      },
    ]);
    expect(other.socket.ofType('instrument-changed')).toEqual([]);
    for (const message of follower.socket.got) expect(serverMessage.safeParse(message).success).toBe(true);
  });

  test('a browser that does not read is closed with 4408, the others go on', async () => {
    const world = new World();
    const [slow, brisk] = [await world.connect(), await world.connect()];
    for (const { connection } of [slow, brisk]) {
      await world.say(connection, { op: 'subscribe-quotes', instruments: [BTC] });
    }
    slow.socket.backlog = LIMITS.bufferedBytes + 1;
    world.gateway.onEvent(quoteEvent(quoteData(BTC, 1, '91000', world.now)));
    await settle();
    expect([slow.socket.closedWith, brisk.socket.closedWith]).toEqual([4408, undefined]);
    expect(brisk.socket.ofType('quotes')).toHaveLength(1);
  });
});

describe('a browser that reads slowly', () => {
  const following = async (...instruments: readonly string[]) => {
    const world = new World();
    const [slow, brisk] = [await world.connect(), await world.connect()];
    for (const { connection } of [slow, brisk]) {
      await world.say(connection, { op: 'subscribe-quotes', instruments });
    }
    const tick = async (sequence: number, instrument = BTC) => {
      world.gateway.onEvent(quoteEvent(quoteData(instrument, sequence, `9100${sequence}`, world.now)));
      await settle();
    };
    const told = ({ socket }: typeof slow) =>
      socket
        .ofType('quotes')
        .map(({ quotes }) => quotes.map((quote) => `${quote.instrument} ${quote.sequence}`).join());
    return { world, slow, brisk, tick, told };
  };

  test('is spared quotes, and told the latest of each once it has read on; frames stay numbered', async () => {
    const { slow, brisk, tick, told } = await following(BTC, ETH);
    slow.socket.backlog = LIMITS.quotesBufferedBytes + 1;
    for (const sequence of [1, 2, 3]) await tick(sequence);
    await tick(9, ETH);
    expect(told(slow)).toEqual([]);
    slow.socket.backlog = 0;
    await settle();
    expect(told(slow)).toEqual(['BTC-USD 3,ETH-USD 9']);
    await tick(4);
    expect(told(slow).at(-1)).toBe('BTC-USD 4');
    expect(told(brisk)).toEqual(['BTC-USD 1', 'BTC-USD 2', 'BTC-USD 3', 'ETH-USD 9', 'BTC-USD 4']);
    expect(slow.socket.got.map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  test('is told what happens to its account all the same', async () => {
    const { world, slow } = await following(BTC);
    world.versions.set(accountOf(1), 5);
    await world.say(slow.connection, follow(1));
    slow.socket.backlog = LIMITS.quotesBufferedBytes + 1;
    world.gateway.onEvent(accountEvent(1, 6));
    expect(slow.socket.story()).toBe('s5 6');
  });

  test('is closed with 4408 when it does not read on for ten seconds', async () => {
    const { world, slow, brisk, tick } = await following(BTC);
    slow.socket.backlog = LIMITS.quotesBufferedBytes + 1;
    await tick(1);
    world.now += LIMITS.behindMs - 1;
    await tick(2);
    expect(slow.socket.closedWith).toBeUndefined();
    world.now += 1;
    await tick(3);
    expect([slow.socket.closedWith, brisk.socket.closedWith]).toEqual([4408, undefined]);
  });

  test('what it left meanwhile is not told, nor anything once it is gone', async () => {
    const { world, slow, tick, told } = await following(BTC, ETH);
    slow.socket.backlog = LIMITS.quotesBufferedBytes + 1;
    await tick(1);
    await tick(2, ETH);
    await world.say(slow.connection, { op: 'unsubscribe-quotes', instruments: [BTC] });
    slow.socket.backlog = 0;
    await settle();
    expect(told(slow)).toEqual(['ETH-USD 2']);
  });
});

test('a browser may ask for fewer frames: each holds the latest of all that changed', async () => {
  const world = new World();
  const { socket, connection } = await world.connect();
  await world.say(connection, { op: 'subscribe-quotes', instruments: [BTC, ETH], everyMs: 1_000 });
  const tick = async (instrument: typeof BTC, sequence: number) => {
    world.gateway.onEvent(quoteEvent(quoteData(instrument, sequence, '91000', world.now)));
    await settle();
  };
  await tick(BTC, 1);
  for (const sequence of [2, 3]) await tick(BTC, sequence);
  await tick(ETH, 4);
  world.now += 999;
  await tick(BTC, 5);
  expect(socket.ofType('quotes')).toHaveLength(1);
  world.now += 1;
  await settle();
  const [, second, ...others] = socket.ofType('quotes');
  expect(second?.quotes.map(({ instrument, sequence }) => `${instrument} ${sequence}`)).toEqual([
    'BTC-USD 5',
    'ETH-USD 4',
  ]);
  expect(others).toEqual([]);
});

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

test('signing out closes every tab of the session and no other', async () => {
  const world = new World();
  const [first, second, other] = [await world.connect(1), await world.connect(1), await world.connect(2)];
  world.deadSessions.add(sessionOf(1));
  await world.gateway.endDeadSessions();
  expect([first, second, other].map(({ socket }) => socket.closedWith)).toEqual([4401, 4401, undefined]);
});

test('a restart closes all with 1001, so that browsers come back', async () => {
  const world = new World();
  const { socket, connection } = await world.connect();
  world.gateway.closeAll();
  expect([socket.closedWith, connection.isOpen]).toEqual([1001, false]);
  expect(socket.got.at(-1)).toMatchObject({ type: 'closing', reconnectInMs: 1_500 });
});
