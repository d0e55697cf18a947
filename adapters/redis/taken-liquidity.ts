import type { Redis } from 'ioredis';
import type { InstrumentId, OrderId, UserId } from '../../domain/kernel/ids';
import { type Qty, qty } from '../../domain/kernel/money';
import {
  LEVEL_GONE_AFTER_MS,
  TAKEN_KEPT_MS,
  type Taken,
  type TakenLevel,
  type TakenTrade,
  VOLUME_WINDOW_MS,
} from '../../domain/market/taken';
import type {
  LevelKeeper,
  PastTaking,
  PastTakings,
  TakenLiquidity,
  Taking,
} from '../../usecases/ports/market-data/taken-liquidity';
import { answered } from './redis-errors';
import { SERVER_NOW } from './server-now';
import { FOLLOWED_MS, FORGET, GIVE_BACK, RESERVE, RESTORE } from './taken-scripts';

const MINUTE_MS = 60_000;
const VOLUME_MINUTES = VOLUME_WINDOW_MS / MINUTE_MS;

/** Set once what is taken is known: without it Redis has lost it. */
const WHOLE_KEY = 'taken:whole';

/** One hash for an instrument's levels, one for each person in it; the braces keep them together in a cluster. */
const levelsKey = (instrument: InstrumentId): string => `taken:{${instrument}}`;
const ownKey = (instrument: InstrumentId, userId: UserId): string => `taken:{${instrument}}:${userId}`;
const volumeKey = (instrument: InstrumentId): string => `volume:{${instrument}}`;
const followedKey = (instrument: InstrumentId): string => `volume:{${instrument}}:since`;

/** Quantities are integers in their units, as text: Redis counts them exactly in 64 bits. */
export const makeTakenLiquidity = (redis: Redis, past: PastTakings): TakenLiquidity => {
  const rebuilt = rebuildOnce(redis, past);
  const of: TakenLiquidity['of'] = async (userId, ids) => {
    if (ids.length === 0) return new Map();
    const known = answered(redis.get(WHOLE_KEY));
    const read = Promise.all(ids.map((id) => readTaken(redis, userId, id)));
    if ((await known) !== null) return new Map(await read);
    await Promise.all([read, rebuilt()]);
    return new Map(await Promise.all(ids.map((id) => readTaken(redis, userId, id))));
  };
  return {
    of,
    reserve: async (userId, taking) => {
      const { instrument, revision } = taking;
      const keys = [levelsKey(instrument), ownKey(instrument, userId)];
      const given = [revision, ...argumentsOf(taking)];
      const isReserved = await answered(redis.eval(RESERVE, keys.length, ...keys, ...given) as Promise<number>);
      return isReserved === 1 ? 'reserved' : 'overtaken';
    },
    giveBack: async (userId, taking) => {
      const keys = [levelsKey(taking.instrument), ownKey(taking.instrument, userId)];
      await answered(redis.eval(GIVE_BACK, keys.length, ...keys, ...argumentsOf(taking)));
    },
  };
};

export const makeLevelKeeper = (redis: Redis, goneAfterMs = LEVEL_GONE_AFTER_MS): LevelKeeper => ({
  known: async (instrument) => {
    const [, fields] = await Promise.all([
      answered(redis.eval(FOLLOW, 1, followedKey(instrument), FOLLOWED_MS)),
      answered(redis.hkeys(levelsKey(instrument))),
    ]);
    return fields.flatMap((field) => (field.startsWith('q ') ? [field.slice(2)] : []));
  },
  forget: async (instrument, keys) => {
    if (keys.length > 0) await answered(redis.eval(FORGET, 1, levelsKey(instrument), goneAfterMs, ...keys));
  },
  traded: async ({ instrument, qty: amount }) => {
    await answered(redis.eval(TRADED, 1, volumeKey(instrument), `${amount}`, VOLUME_MINUTES, TAKEN_KEPT_MS));
  },
});

/** KEYS[1] since when, ARGV[1] for how long that holds without a word. */
const FOLLOW = `${SERVER_NOW}
  redis.call('SET', KEYS[1], string.format('%.0f', now), 'NX')
  redis.call('PEXPIRE', KEYS[1], ARGV[1])`;

/** KEYS[1] the minutes, ARGV[1] quantity, ARGV[2] minutes kept, ARGV[3] milliseconds. */
const TRADED = `${SERVER_NOW}
  local minute = math.floor(now / 60000)
  redis.call('HINCRBY', KEYS[1], string.format('%.0f', minute), ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  if redis.call('HLEN', KEYS[1]) > 2 * ARGV[2] then
    for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
      if tonumber(field) < minute - ARGV[2] then redis.call('HDEL', KEYS[1], field) end
    end
  end`;

function argumentsOf({ levels, trades, volumeQty }: Taking): readonly (string | number)[] {
  return [
    `${volumeQty}`,
    TAKEN_KEPT_MS,
    levels.length,
    ...levels.flatMap(({ key, qty: amount, allMax }) => [key, `${amount}`, allMax === null ? '' : `${allMax}`]),
    ...trades.flatMap(({ key, orderId, qty: amount }) => [`${key} ${orderId}`, `${amount}`]),
  ];
}

async function readTaken(redis: Redis, userId: UserId, instrument: InstrumentId): Promise<[InstrumentId, Taken]> {
  const [levels, own, volume, since] = await Promise.all([
    answered(redis.hgetall(levelsKey(instrument))),
    answered(redis.hgetall(ownKey(instrument, userId))),
    answered(redis.hgetall(volumeKey(instrument))),
    answered(redis.get(followedKey(instrument))),
  ]);
  return [instrument, takenIn({ levels, own, volume, since }, Date.now())];
}

type Fields = Readonly<Record<string, string>>;
type Read = { readonly levels: Fields; readonly own: Fields; readonly volume: Fields; readonly since: string | null };

/** The minutes of the last hour, as far as their clocks agree with this one. */
function takenIn({ levels, own, volume, since }: Read, nowMs: number): Taken {
  const known = new Map<string, TakenLevel>();
  for (const [field, value] of Object.entries(levels)) {
    if (!field.startsWith('q ')) continue;
    const key = field.slice(2);
    known.set(key, { all: unitsOf(value), own: ownOf(own[field], levels[`a ${key}`]) });
  }
  const first = Math.floor(nowMs / MINUTE_MS) - VOLUME_MINUTES;
  return {
    levels: known,
    trades: tradesIn(own),
    ownVolume: sumSince(own, first, 'v '),
    tradedVolume: since !== null && nowMs - Number(since) >= VOLUME_WINDOW_MS ? sumSince(volume, first, '') : null,
    revision: Number(own.rev ?? 0),
  };
}

const unitsOf = (text: string | undefined): Qty => qty(BigInt(text ?? 0));

/** What a person had of a level counts as long as it is the same level, which began when it was first taken. */
function ownOf(value: string | undefined, age: string | undefined): Qty {
  const [amount, began] = (value ?? '').split(' ');
  return began !== undefined && began === age?.split(' ')[0] ? unitsOf(amount) : qty(0n);
}

function tradesIn(own: Fields): ReadonlyMap<string, readonly TakenTrade[]> {
  const trades = new Map<string, TakenTrade[]>();
  for (const [field, value] of Object.entries(own)) {
    const [kind, side, tradeId, orderId] = field.split(' ');
    if (kind !== 't' || orderId === undefined) continue;
    const key = `${side} ${tradeId}`;
    const amount = unitsOf(value.split(' ')[0]);
    trades.set(key, [...(trades.get(key) ?? []), { orderId: orderId as OrderId, qty: amount }]);
  }
  return trades;
}

const sumSince = (fields: Fields, first: number, prefix: string): Qty =>
  qty(
    Object.entries(fields).reduce(
      (sum, [field, value]) =>
        field.startsWith(prefix) && Number(field.slice(prefix.length)) > first ? sum + BigInt(value) : sum,
      0n,
    ),
  );

/** What is lost is known again from the fills of the last hour: once for all who ask meanwhile. */
function rebuildOnce(redis: Redis, past: PastTakings): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= rebuild(redis, past).finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function rebuild(redis: Redis, past: PastTakings): Promise<void> {
  const byPerson = new Map<string, PastTaking[]>();
  for (const taking of await past()) {
    const name = `${taking.instrument} ${taking.userId}`;
    byPerson.set(name, [...(byPerson.get(name) ?? []), taking]);
  }
  for (const takings of byPerson.values()) {
    const [first] = takings;
    if (!first) continue;
    const keys = [levelsKey(first.instrument), ownKey(first.instrument, first.userId)];
    const given = takings.flatMap(({ key, qty: amount, at }) => [key, `${amount}`, at]);
    await answered(redis.eval(RESTORE, keys.length, ...keys, TAKEN_KEPT_MS, ...given));
  }
  await answered(redis.set(WHOLE_KEY, '1'));
}
