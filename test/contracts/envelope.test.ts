import fc from 'fast-check';
import { decodeEvent, type Envelope, encodeEvent, topicOf } from '../../contracts/topics/envelope';
import { type EventType, eventData } from '../../contracts/topics/events';
import { deadLetterTopic, TOPIC_SHAPES, TOPICS } from '../../contracts/topics/topics';
import { examples } from './examples';

const types = Object.keys(eventData) as EventType[];

const head = {
  eventId: '01890000-0000-7000-8000-00000000000e',
  version: 1,
  key: '01890000-0000-7000-8000-00000000000a',
  accountVersion: 3,
  occurredAt: 1_773_489_600_000,
  correlationId: 'c-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

const eventOf = (type: EventType) => ({ ...head, type, data: examples[type] }) as Envelope;

test('there is an example of every event', () => {
  expect(Object.keys(examples).sort()).toEqual([...types].sort());
});

test.each(types)('%s travels as text and comes back as it was', (type) => {
  const event = eventOf(type);
  expect(decodeEvent(encodeEvent(event))).toEqual({ ok: true, event });
});

test.each(types)('%s is written with decimals as text: JSON knows no bigint and loses long numbers', (type) => {
  const { data } = JSON.parse(encodeEvent(eventOf(type))) as { data: Record<string, unknown> };
  const amounts = Object.entries(data).filter(([name]) => /Usd$|^qty$|^price$/.test(name));
  for (const [name, value] of amounts) expect([name, typeof value]).toEqual([name, 'string']);
});

test.each(types)('%s travels on a topic that exists, named by its first word', (type) => {
  expect(topicOf(type)).toBe(type.split('.')[0]);
});

test('an event of no topic is a bug', () => {
  expect(() => topicOf('weather.rained' as EventType)).toThrow('belongs to no topic');
  expect(() => topicOf('tradings.order-filled' as EventType)).toThrow('belongs to no topic');
});

/** Weeks and months are told where a rule counts from them. */
const MAY_LACK: ReadonlySet<string> = new Set(['assessment.payout-taken periods']);

test.each(types)('%s without one of its fields is poisoned, and the reason names the field', (type) => {
  const whole = JSON.parse(encodeEvent(eventOf(type))) as { data: Record<string, unknown> };
  for (const field of Object.keys(whole.data).filter((each) => !MAY_LACK.has(`${type} ${each}`))) {
    const { [field]: _, ...data } = whole.data;
    const decoded = decodeEvent(JSON.stringify({ ...whole, data }));
    expect(decoded).toEqual({ ok: false, reason: expect.stringContaining(`at ${field}`) });
    expect(decoded).toEqual({ ok: false, reason: expect.stringContaining(`${type}: `) });
  }
});

test.each(types)('%s of a newer producer, with fields unknown to us, is read without them', (type) => {
  const whole = JSON.parse(encodeEvent(eventOf(type))) as { data: Record<string, unknown> };
  const newer = { ...whole, region: 'eu', data: { ...whole.data, mood: 'good' } };
  expect(decodeEvent(JSON.stringify(newer))).toEqual({ ok: true, event: eventOf(type) });
});

const record = JSON.parse(encodeEvent(eventOf('assessment.day-opened'))) as Record<string, unknown>;

/** Goal: a record that cannot be read says why, and never throws: it would block its partition. */
test.each<[string, string, string]>([
  ['nothing', '', 'not JSON'],
  ['half a record', JSON.stringify(record).slice(0, 60), 'not JSON'],
  ['binary', '\u0000\u0001\ufffd', 'not JSON'],
  ['a depth that no parser stands', '['.repeat(200_000), 'not JSON'],
  ['a word', '"hello"', 'envelope'],
  ['null', 'null', 'envelope'],
  ['a list', '[]', 'envelope'],
  ['an empty object', '{}', 'eventId'],
  ['another version', JSON.stringify({ ...record, version: 2 }), 'version'],
  ['no UUID', JSON.stringify({ ...record, eventId: 'e-1' }), 'eventId'],
  ['a UUID in capitals', JSON.stringify({ ...record, eventId: head.eventId.toUpperCase() }), 'eventId'],
  ['a version that is no whole number', JSON.stringify({ ...record, accountVersion: 1.5 }), 'accountVersion'],
  ['a time as text', JSON.stringify({ ...record, occurredAt: '2026-03-14T12:00:00Z' }), 'occurredAt'],
  ['an unknown type', JSON.stringify({ ...record, type: 'assessment.paused' }), 'unknown event type assessment.paused'],
  ['a type of every object', JSON.stringify({ ...record, type: 'constructor' }), 'unknown event type constructor'],
  ['another one', JSON.stringify({ ...record, type: 'toString' }), 'unknown event type toString'],
  ['the prototype', JSON.stringify({ ...record, type: '__proto__' }), 'unknown event type __proto__'],
  ['data that is text', JSON.stringify({ ...record, data: 'x' }), 'assessment.day-opened'],
  ['no data', JSON.stringify({ ...record, data: undefined }), 'at data'],
])('%s is poisoned by name', (_, text, reason) => {
  expect(decodeEvent(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

test.each(['1e3', ' 1', '', '0.0000001', 'NaN', '１'])('an amount of %j poisons its event', (dayAnchorUsd) => {
  const data = { ...(record.data as object), dayAnchorUsd };
  expect(decodeEvent(JSON.stringify({ ...record, data }))).toEqual({
    ok: false,
    reason: expect.stringContaining('must be a plain decimal with at most 6 decimals'),
  });
});

test('whatever bytes come, the answer is a value', () => {
  const junk = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .tuple(fc.constantFrom(...Object.keys(record)), fc.jsonValue())
      .map(([field, value]) => JSON.stringify({ ...record, [field]: value })),
  );
  fc.assert(
    fc.property(junk, (text) => {
      const decoded = decodeEvent(text);
      if (decoded.ok) expect(decodeEvent(encodeEvent(decoded.event))).toEqual(decoded);
      else expect(decoded.reason.length).toBeGreaterThan(3);
    }),
    { numRuns: 300 },
  );
});

test('every topic has its shape and its dead letters', () => {
  expect(Object.keys(TOPIC_SHAPES).sort()).toEqual([...TOPICS].sort());
  expect(new Set(TOPICS.map(deadLetterTopic)).size).toBe(TOPICS.length);
  expect(deadLetterTopic('market-data')).toBe('market-data.dead');
  const names: readonly string[] = TOPICS;
  expect(TOPICS.map(deadLetterTopic).filter((dead) => names.includes(dead))).toEqual([]);
});
