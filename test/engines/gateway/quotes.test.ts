import { serverMessage } from '../../../contracts/ws/messages';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { LIMITS } from '../../../engines/gateway/connection';
import {
  accountEvent,
  accountOf,
  BTC,
  ETH,
  follow,
  marketEvent,
  quoteData,
  quoteEvent,
  World,
} from './gateway-harness';

/** Goal: a quote is state. The latest wins, and who reads slowly, or wants less, loses only what was replaced. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

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
      { type: 'instrument-changed', n: 2, instrument: BTC, venue: 'kraken', status: 'halted', payout: null },
      {
        type: 'instrument-changed',
        n: 3,
        instrument: BTC,
        venue: 'kraken',
        status: 'resolved',
        payout: { kind: 'pays', price: '1' },
      },
    ]);
    expect(other.socket.ofType('instrument-changed')).toEqual([]);
    for (const message of follower.socket.got) expect(serverMessage.safeParse(message).success).toBe(true);
  });

  test('what one venue lists of a coin is told under the coin’s name, with the venue; an outcome has none', async () => {
    const world = new World();
    const { socket, connection } = await world.connect();
    const rain = idOf<InstrumentId>('PM-rain-YES');
    world.instruments.add(rain);
    await world.say(connection, { op: 'subscribe-quotes', instruments: [BTC, rain] });
    world.gateway.onEvent(marketEvent({ instrument: `${BTC}@coinbase`, status: 'halted', payout: null }));
    world.gateway.onEvent(marketEvent({ instrument: rain, status: 'closed', payout: null }));
    const told = socket.ofType('instrument-changed').map((message) => serverMessage.parse(message));
    expect(told).toEqual([
      { type: 'instrument-changed', n: 2, instrument: BTC, venue: 'coinbase', status: 'halted', payout: null },
      { type: 'instrument-changed', n: 3, instrument: rain, status: 'closed', payout: null },
    ]);
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
