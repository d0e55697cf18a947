import type { Envelope } from '../../../contracts/topics/envelope';
import type { EventData, EventType } from '../../../contracts/topics/events';
import { serverMessage } from '../../../contracts/ws/messages';
import { idOf } from '../../../domain/kernel/ids';
import { ppm } from '../../../domain/kernel/money';
import { accountEvent, userOf, World } from './gateway-harness';

const studyId = idOf<EventData<'monte-carlo.requested'>['studyId']>('0000000d-0000-7000-8000-000000000001');
const study = { studyId, userId: userOf(1), assessmentId: null };

function told<T extends EventType>(type: T, data: EventData<T>): Envelope {
  const { data: _data, type: _type, ...head } = accountEvent(7, 1);
  return { ...head, key: studyId, accountVersion: null, type, data } as unknown as Envelope;
}

const COURSE = [
  [told('monte-carlo.requested', { ...study, scope: 'everything' }), 'requested', 0, 1],
  [told('monte-carlo.progressed', { ...study, done: 300, of: 4_000 }), 'running', 300, 4_000],
  [told('monte-carlo.completed', { ...study, passedShare: ppm(310_000n) }), 'completed', 1, 1],
  [told('monte-carlo.failed', { ...study, reason: 'ray_unavailable' }), 'failed', 0, 1],
  [told('monte-carlo.cancelled', study), 'cancelled', 0, 1],
] as const;

/** Goal: whoever asked for odds hears what becomes of them on every connection, and nobody else does. */
test.each(COURSE)('%j is told as %s, %d of %d', async (event, status, done, of) => {
  const world = new World();
  const [one, other, stranger] = [await world.connect(), await world.connect(), await world.connect(2)];
  world.gateway.onEvent(event);
  for (const { socket } of [one, other]) {
    expect(socket.got.slice(1)).toEqual([{ type: 'study-changed', n: 2, studyId, status, done, of }]);
    expect(serverMessage.safeParse(socket.got[1]).success).toBe(true);
  }
  expect(stranger.socket.got).toHaveLength(1);
});
