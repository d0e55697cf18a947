import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { RedisUnavailable } from '../../../adapters/redis/redis-errors';
import { makeSeats } from '../../../adapters/redis/sessions/seats';
import { idOf, type UserId } from '../../../domain/kernel/ids';
import { SEAT_MS, SEATS_MAX, type Seat, type Seats } from '../../../usecases/ports/gateway/seats';
import { MemorySeats } from '../../fakes/memory-seats';
import { freePort } from '../../fixtures/free-port';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'seats');
});
afterAll(() => redis.disconnect());

let passedMs = 0;
const memory = new MemorySeats(() => passedMs);

/** Long enough for every place of a person to be free again; Redis is made to forget them. */
async function letTimePass(userId: UserId, seats: Seats): Promise<void> {
  passedMs += SEAT_MS;
  if (seats !== memory) await redis.del(`seats:person:${userId}`);
}

const user = () => idOf<UserId>(randomUUID());
const seatOf = (userId: UserId, address = randomUUID() as string): Seat => ({
  connectionId: randomUUID(),
  userId,
  address,
});

/** Goal: nobody holds more connections than the limits say, whichever gateway they are on, and no place is lost. */
describe.each<[string, () => Seats]>([
  ['in Redis', () => makeSeats(redis)],
  ['in memory', () => memory],
])('places %s', (_, open) => {
  const fill = async (userId: UserId, count: number) => {
    const seats = Array.from({ length: count }, () => seatOf(userId));
    for (const seat of seats) expect(await open().take(seat)).toBe('taken');
    return seats;
  };

  test('a person has so many and no more, however many gateways count; one that leaves makes room for one', async () => {
    const trader = user();
    const [first] = await fill(trader, SEATS_MAX.person);
    expect(await open().take(seatOf(trader))).toBe('person_full');
    expect(await open().take(seatOf(user()))).toBe('taken');
    await open().leave(first as Seat);
    expect(await open().take(seatOf(trader))).toBe('taken');
    expect(await open().take(seatOf(trader))).toBe('person_full');
  });

  test('so do all the persons of an address together; being refused costs no place', async () => {
    const address = randomUUID();
    for (let taken = 0; taken < SEATS_MAX.address; taken++) {
      expect(await open().take(seatOf(user(), address))).toBe('taken');
    }
    const late = seatOf(user(), address);
    expect(await open().take(late)).toBe('address_full');
    expect(await open().take({ ...late, address: randomUUID() })).toBe('taken');

    const trader = user();
    await fill(trader, SEATS_MAX.person);
    const other = randomUUID();
    for (let tried = 0; tried < SEATS_MAX.address + 1; tried++) {
      expect(await open().take(seatOf(trader, other))).toBe('person_full');
    }
  });

  test('a place that its gateway no longer keeps is free, one that is kept is not', async () => {
    const trader = user();
    const [, ...others] = await fill(trader, SEATS_MAX.person);
    await letTimePass(trader, open());
    await open().keep(others);
    expect(await open().take(seatOf(trader))).toBe('taken');
    expect(await open().take(seatOf(trader))).toBe('person_full');
  });
});

test('whom Redis cannot count gets no place', async () => {
  const away = connectRedis({ host: '127.0.0.1', port: await freePort(), tls: false }, 'seats-away');
  await expect(makeSeats(away).take(seatOf(user()))).rejects.toThrow(RedisUnavailable);
  away.disconnect();
});
