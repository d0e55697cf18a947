import fc from 'fast-check';
import { decodeEvent, encodeEvent } from '../../../contracts/topics/envelope';
import { type EventType, eventData } from '../../../contracts/topics/events';
import type { AccountEvent } from '../../../domain/account/account-event';
import { accountEventIn } from '../../../domain/account/codecs/event-codec';
import { type AccountId, type AssessmentId, idOf, type UserId } from '../../../domain/kernel/ids';
import { integrationEventOf } from '../../../usecases/events/to-outbox';
import { anyAccountEvent } from './any-account-event';

const uuid = (digit: string) => `01890000-0000-7000-8000-00000000000${digit}`;
const holder = {
  accountId: idOf<AccountId>(uuid('a')),
  assessmentId: idOf<AssessmentId>(uuid('b')),
  userId: idOf<UserId>(uuid('c')),
};

/** As a record of Kafka has it. */
function written(event: AccountEvent): string {
  const head = { eventId: uuid('e'), version: 1, key: uuid('a'), accountVersion: 2, occurredAt: 7 };
  const trace = { correlationId: 'c', traceparent: null };
  return encodeEvent({ ...head, ...trace, ...integrationEventOf(holder, event) } as never);
}

/** Goal: the wire says everything of an account's event, so that whoever reads all of them has the account. */
test.each(Object.keys(anyAccountEvent) as AccountEvent['kind'][])('%s is read back as it was', (kind) => {
  fc.assert(
    fc.property(anyAccountEvent[kind], (event) => {
      const { type, data } = JSON.parse(written(event)) as { type: string; data: unknown };
      expect(accountEventIn(type, data)).toEqual(event);
    }),
  );
});

test('the contract lets each of them through', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(anyAccountEvent)), (event) => {
      expect(decodeEvent(written(event))).toMatchObject({ ok: true });
    }),
  );
});

test('what leaves the account as it is, is none of its events', () => {
  const told = fc.sample(fc.oneof(...Object.values(anyAccountEvent)), { numRuns: 1_000, seed: 1 });
  const known = new Set(told.map((event) => integrationEventOf(holder, event).type));
  const others = (Object.keys(eventData) as EventType[]).filter((type) => !known.has(type as never));
  expect(others.filter((type) => /^(assessment|trading|rules)\./.test(type))).toEqual([
    'assessment.created',
    'assessment.abandoned',
    'assessment.completed',
    'rules.violation-detected',
  ]);
  for (const type of others) expect(accountEventIn(type, {})).toBeUndefined();
  expect(accountEventIn('constructor', {})).toBeUndefined();
});

test.each`
  story                   | type                              | data
  ${'no data'}            | ${'assessment.day-opened'}        | ${null}
  ${'a field is missing'} | ${'assessment.day-opened'}        | ${{ day: '2026-03-14', dayAnchorUsd: '1' }}
  ${'a decimal is none'}  | ${'assessment.high-water-raised'} | ${{ highWaterUsd: '1e3', dayPeakUsd: '1', peakedAt: 1 }}
`('$story: it is not read', ({ type, data }: { type: string; data: unknown }) => {
  expect(() => accountEventIn(type, data)).toThrow('invariant');
});
