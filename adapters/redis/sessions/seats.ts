import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { SEAT_MS, SEATS_MAX, type Seat, type Seats } from '../../../usecases/ports/gateway/seats';
import { answered } from '../redis-errors';
import { SERVER_NOW } from '../server-now';

/** KEYS[1] who has places, ARGV[1] the connection, ARGV[2] milliseconds, ARGV[3] places at most. */
const TAKE = `${SERVER_NOW}
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1`;

/** Also puts back what a restart of the server forgot. */
const KEEP = `${SERVER_NOW}
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

/** In one go as many as the server answers well within the time that a command has. */
const KEPT_AT_ONCE = 200;

export const makeSeats = (redis: Redis): Seats => ({
  take: async (seat) => {
    const [person, address] = keysOf(seat);
    if (!(await take(redis, address, seat.connectionId, SEATS_MAX.address))) return 'address_full';
    if (await take(redis, person, seat.connectionId, SEATS_MAX.person)) return 'taken';
    await answered(redis.zrem(address, seat.connectionId));
    return 'person_full';
  },
  keep: async (seats) => {
    for (let from = 0; from < seats.length; from += KEPT_AT_ONCE) {
      const some = seats.slice(from, from + KEPT_AT_ONCE);
      const keeping = some.flatMap((seat) =>
        keysOf(seat).map((key) => answered(redis.eval(KEEP, 1, key, seat.connectionId, SEAT_MS))),
      );
      await Promise.all(keeping);
    }
  },
  leave: async (seat) => {
    await Promise.all(keysOf(seat).map((key) => answered(redis.zrem(key, seat.connectionId))));
  },
});

const take = async (redis: Redis, key: string, connectionId: string, max: number): Promise<boolean> =>
  (await answered(redis.eval(TAKE, 1, key, connectionId, SEAT_MS, max) as Promise<number>)) === 1;

/** Addresses are hashed: Redis need not know who looks on from where. */
const keysOf = ({ userId, address }: Seat): readonly [person: string, address: string] => [
  `seats:person:${userId}`,
  `seats:address:${createHash('sha256').update(address).digest('base64url').slice(0, 22)}`,
];
