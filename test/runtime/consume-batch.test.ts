import type { MSKEvent, MSKRecord } from 'aws-lambda';
import fc from 'fast-check';
import pino from 'pino';
import { type Envelope, encodeEvent } from '../../contracts/topics/envelope';
import { bytesOfText } from '../../contracts/topics/record-text';
import { REPLAYED_FOR, REPLAYED_LETTER } from '../../contracts/topics/replay-headers';
import { type EventId, idOf } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { ZERO_USD } from '../../domain/kernel/money';
import { makeConsumer } from '../../runtime/consume-batch';
import { uuidIds } from '../../runtime/edge';
import { memoryDeadLetters } from '../fakes/memory-outbox';
import { memoryWorld } from '../fakes/memory-world';

/** Goal: each event has its effect once and in order, poison holds up nobody but its own key, nothing is lost. */
const CONSUMER = 'write-report';
const A = '00000001-0000-7000-8000-000000000001';
const B = '00000001-0000-7000-8000-000000000002';

class TransientError extends Error {}

function consumerOver(misfortune: (event: Envelope) => Error | undefined = () => undefined) {
  const world = memoryWorld();
  const letters = memoryDeadLetters(world, { now: () => instant(0) }, uuidIds);
  const effects: string[] = [];
  const inbox = new Set<string>();
  const correlations: string[] = [];
  const consume = makeConsumer(
    {
      name: CONSUMER,
      types: ['assessment.day-opened'],
      handle: async (event, { eventId, consumer }, trace) => {
        const error = misfortune(event);
        if (error) throw error;
        correlations.push(trace.correlationId);
        if (inbox.has(`${consumer} ${eventId}`)) return 'duplicate';
        inbox.add(`${consumer} ${eventId}`);
        effects.push(`${event.key.at(-1)}${event.accountVersion}`);
        return 'applied';
      },
    },
    {
      deadLetters: async () => letters,
      isTransient: (error) => error instanceof TransientError,
      log: pino({ level: 'silent' }),
      wait: async () => {},
    },
  );
  const parked = async () => (await letters.list()).map(({ key, offset }) => `${key.at(-1)}@${offset}`).sort();
  return { consume, effects, correlations, letters, parked, world };
}

const eventOf = (key: string, accountVersion: number): Envelope => ({
  eventId: idOf<EventId>(`${key.slice(0, -4)}${key.at(-1)}${String(accountVersion).padStart(3, '0')}`),
  type: 'assessment.day-opened',
  version: 1,
  key,
  accountVersion,
  occurredAt: instant(0),
  correlationId: `correlation-${accountVersion}`,
  traceparent: null,
  data: {
    accountId: idOf(key),
    assessmentId: idOf(A),
    userId: idOf(A),
    day: '2026-01-05',
    dayAnchorUsd: ZERO_USD,
  },
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

type Given = { readonly key: string; readonly value: string; readonly headers?: MSKRecord['headers'] };

const record = ({ key, value, headers = [] }: Given, offset: number, partition = 0): MSKRecord => ({
  topic: 'assessment',
  partition,
  offset,
  timestamp: 0,
  timestampType: 'CREATE_TIME',
  headers,
  key: base64(key),
  value: base64(value),
});

const fine = (key: string, version: number): Given => ({ key, value: encodeEvent(eventOf(key, version)) });
const noise = (key: string, value = 'noise'): Given => ({ key, value });

const batch = (partitions: readonly (readonly Given[])[], from = 0): MSKEvent => ({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn',
  bootstrapServers: '',
  records: Object.fromEntries(
    partitions.map((records, partition) => [
      `assessment-${partition}`,
      records.map((one, at) => record(one, from + at, partition)),
    ]),
  ),
});

test('a batch of several partitions has its effects', async () => {
  const { consume, effects, correlations } = consumerOver();
  await consume(batch([[fine(A, 1), fine(A, 2)], [fine(B, 1)]]));
  expect(effects.filter((effect) => effect.startsWith('1'))).toEqual(['11', '12']);
  expect(effects).toContain('21');
  expect(correlations).toContain('correlation-2');
});

test('delivered again, it has no second effect', async () => {
  const { consume, effects } = consumerOver();
  await consume(batch([[fine(A, 1), fine(A, 2)]]));
  await consume(batch([[fine(A, 1), fine(A, 2), fine(A, 3)]]));
  expect(effects).toEqual(['11', '12', '13']);
});

test.each`
  poison                                                         | what
  ${'noise'}                                                     | ${'not JSON'}
  ${'{"type":1}'}                                                | ${'no envelope'}
  ${encodeEvent(eventOf(A, 1)).replace('"2026-01-05"', '7')}     | ${'data of the wrong type'}
  ${encodeEvent(eventOf(A, 1)).replace('"0.00"', '"0.0000001"')} | ${'too many decimals'}
`('$what is parked with its reason; its key waits behind it, others go on', async ({ poison }) => {
  const { consume, effects, parked, letters, world } = consumerOver();
  await consume(batch([[noise(A, poison), fine(B, 1), fine(A, 2)]]));
  expect([effects, await parked()]).toEqual([['21'], ['1@0', '1@2']]);
  await consume(batch([[fine(A, 3), fine(B, 2)]], 3));
  expect([effects, await parked()]).toEqual([
    ['21', '22'],
    ['1@0', '1@2', '1@3'],
  ]);
  expect((await letters.list())[0]).toMatchObject({ value: poison, consumer: CONSUMER, topic: 'assessment' });
  expect(world.outbox.map(({ topic }) => topic)).toEqual(['assessment.dead', 'assessment.dead', 'assessment.dead']);
});

test('a record that nobody can attribute to a key is parked alone', async () => {
  const { consume, effects, parked } = consumerOver();
  await consume(batch([[noise(''), fine(A, 1)]]));
  expect([effects, await parked()]).toEqual([['11'], ['undefined@0']]);
});

describe('whatever a producer makes of one record', () => {
  const odd = (changes: Record<string, unknown>) => (event: MSKEvent) => {
    Object.assign(Object.values(event.records)[0]?.[0] as object, changes);
    return event;
  };
  const bytes = (...values: number[]) => Buffer.from(values).toString('base64');

  test.each`
    what                                  | changes
    ${'a header without a value'}         | ${{ headers: [{ traceparent: null }] }}
    ${'a header of no value at all'}      | ${{ headers: [{ traceparent: undefined }, null] }}
    ${'a header that is no list'}         | ${{ headers: [{ traceparent: 'text' }] }}
    ${'signed bytes in a header'}         | ${{ headers: [{ traceparent: [-1, 300, 'x'] }] }}
    ${'no headers'}                       | ${{ headers: undefined }}
    ${'headers that are null'}            | ${{ headers: null }}
    ${"a replay's header without letter"} | ${{ headers: [{ [REPLAYED_FOR]: [...Buffer.from(CONSUMER)] }] }}
    ${'an absent value'}                  | ${{ value: undefined }}
    ${'a value that is null'}             | ${{ value: null }}
    ${'an absent key'}                    | ${{ key: undefined, value: base64('noise') }}
    ${'a key that is null'}               | ${{ key: null, value: base64('noise') }}
    ${'a key that is no text'}            | ${{ key: bytes(0xff, 0xfe), value: base64('noise') }}
    ${'a key with a zero'}                | ${{ key: bytes(0x41, 0), value: base64('noise') }}
    ${'a giant key'}                      | ${{ key: base64('k'.repeat(9_000)), value: base64('noise') }}
    ${'a value that is no base64'}        | ${{ value: '*** / \n' }}
    ${'a value that is no text'}          | ${{ value: bytes(0xff, 0xfe, 0) }}
    ${'JSON null'}                        | ${{ value: base64('null') }}
    ${'brackets without end'}             | ${{ value: base64('['.repeat(200_000)) }}
  `('$what stays with that record: the others have their effect', async ({ changes }) => {
    const { consume, effects, letters } = consumerOver();
    const given = odd(changes)(batch([[fine(A, 1), fine(B, 1), fine(B, 2)], [fine(A, 7)]]));
    await consume(given);
    expect(effects).toEqual(expect.arrayContaining(['21', '22', '17']));
    for (const { key, value, reason } of await letters.list()) expect(key + value + reason).not.toContain('\0');
  });

  test('bytes that are no text are kept: they can be sent again as they came', async () => {
    const { consume, letters } = consumerOver();
    const value = Buffer.from([0x7b, 0, 0xff, 0xfe]);
    await consume(odd({ value: value.toString('base64') })(batch([[fine(A, 1)]])));
    const [letter] = await letters.list();
    expect(bytesOfText(letter?.value ?? '')).toEqual(value);
  });

  test('records without a key of ours do not wait for one another, also in a later batch', async () => {
    const { consume, effects } = consumerOver();
    await consume(batch([[noise('')]]));
    await consume(batch([[{ ...fine(A, 1), key: '' }]], 1));
    expect(effects).toEqual(['11']);
  });

  test('a reason that quotes the record is kept short and plain', async () => {
    const { consume, letters } = consumerOver(() => new Error(`bad \0 ${'x'.repeat(100_000)}`));
    await consume(batch([[fine(A, 1)]]));
    expect((await letters.list())[0]?.reason).toMatch(/^bad \uFFFD x{1,1994}$/);
  });

  test('any record at all: the batch is taken, and the good ones have their effect', async () => {
    const anyRecord = fc.record(
      {
        key: fc.oneof(fc.base64String(), fc.string(), fc.constant(null)),
        value: fc.oneof(fc.base64String(), fc.json().map(base64), fc.string(), fc.constant(null)),
        headers: fc.oneof(
          fc.constant(null),
          fc.array(fc.dictionary(fc.string(), fc.oneof(fc.constant(null), fc.array(fc.integer()), fc.string()))),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 8 }), async (records) => {
        const { consume, effects } = consumerOver();
        const given = batch([[fine(A, 1), ...records.map(() => noise('')), fine(B, 1)]]);
        const [all] = Object.values(given.records);
        for (const [at, record] of records.entries()) {
          Object.assign(all?.[at + 1] as object, { key: undefined, value: undefined, headers: undefined }, record);
        }
        await consume(given);
        expect(effects).toEqual(['11', '21']);
      }),
    );
  });
});

test('events of other types, also of types not known yet, are passed over', async () => {
  const { consume, effects, parked } = consumerOver();
  const other = { key: A, value: encodeEvent(eventOf(A, 1)).replace('assessment.day-opened', 'assessment.created') };
  const future = { key: A, value: '{"type":"assessment.reset","version":2}' };
  await consume(batch([[other, future, fine(A, 2)]]));
  expect([effects, await parked()]).toEqual([['12'], []]);
});

test('a handler that fails for good parks its record after three attempts', async () => {
  let attempts = 0;
  const { consume, effects, parked, letters } = consumerOver((event) => {
    if (event.key !== A) return undefined;
    attempts++;
    return new Error('invariant: no such purchase');
  });
  await consume(batch([[fine(A, 1), fine(B, 1), fine(A, 2)]]));
  expect([attempts, effects, await parked()]).toEqual([3, ['21'], ['1@0', '1@2']]);
  expect((await letters.list())[0]?.reason).toBe('invariant: no such purchase');
});

test('a handler that recovers at its second attempt parks nothing', async () => {
  let attempts = 0;
  const { consume, effects, parked } = consumerOver(() => (++attempts === 1 ? new Error('odd') : undefined));
  await consume(batch([[fine(A, 1)]]));
  expect([effects, await parked()]).toEqual([['11'], []]);
});

test('while the database is away the batch is refused as a whole and parks nothing', async () => {
  let isAway = true;
  const { consume, effects, parked } = consumerOver((event) =>
    isAway && event.key === B ? new TransientError('away') : undefined,
  );
  const given = batch([[fine(A, 1)], [fine(B, 1)]]);
  await expect(consume(given)).rejects.toThrow('away');
  expect(await parked()).toEqual([]);
  isAway = false;
  await consume(given);
  expect(effects.sort()).toEqual(['11', '21']);
});

describe('replay', () => {
  const replayed = (given: Given, letter: string, consumer = CONSUMER): Given => ({
    ...given,
    headers: [{ [REPLAYED_FOR]: [...Buffer.from(consumer)] }, { [REPLAYED_LETTER]: [...Buffer.from(letter)] }],
  });

  test('a replayed record has its effect and takes its letter off; the key flows again', async () => {
    let isBroken = true;
    const { consume, effects, parked, letters } = consumerOver(() => (isBroken ? new Error('a bug') : undefined));
    await consume(batch([[fine(A, 1), fine(A, 2)]]));
    isBroken = false;
    const [first, second] = await letters.list();
    await consume(batch([[replayed(fine(A, 1), first?.id ?? ''), replayed(fine(A, 2), second?.id ?? '')]], 2));
    await consume(batch([[fine(A, 3)]], 4));
    expect([effects, await parked()]).toEqual([['11', '12', '13'], []]);
  });

  test('one that fails again stays parked, once', async () => {
    const { consume, parked, letters } = consumerOver(() => new Error('still a bug'));
    await consume(batch([[fine(A, 1)]]));
    const [letter] = await letters.list();
    await consume(batch([[replayed(fine(A, 1), letter?.id ?? '')]], 1));
    expect(await parked()).toEqual(['1@0']);
  });

  test("somebody else's replay is an ordinary record here: a duplicate", async () => {
    const { consume, effects, parked } = consumerOver();
    await consume(batch([[fine(A, 1)]]));
    await consume(batch([[replayed(fine(A, 1), 'letter', 'provision-assessment')]], 1));
    expect([effects, await parked()]).toEqual([['11'], []]);
  });
});
