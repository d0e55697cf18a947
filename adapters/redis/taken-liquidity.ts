import type { Redis } from 'ioredis';
import type { InstrumentId, OrderId, UserId } from '../../domain/kernel/ids';
import { type Qty, qty } from '../../domain/kernel/money';
import {
  countedMarket,
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
import { inOneTurn } from './in-one-turn';
import { answered } from './redis-errors';
import { runScript } from './script';
import {
  FOLLOW,
  FOLLOWED_MS,
  FORGET,
  GIVE_BACK,
  PART_MS,
  READ_LEVELS,
  RESERVE,
  RESTORE,
  TRADED,
} from './taken-scripts';

const VOLUME_PARTS = VOLUME_WINDOW_MS / PART_MS;

/** Set once what is taken is known: without it Redis has lost it. */
const WHOLE_KEY = 'taken:whole';

/** One hash for an instrument's levels, one for each person in it; the braces keep them together in a cluster. */
const levelsKey = (instrument: InstrumentId): string => `taken:{${instrument}}`;
const ownKey = (instrument: InstrumentId, userId: UserId): string => `taken:{${instrument}}:${userId}`;
const volumeKey = (instrument: InstrumentId): string => `volume:{${countedMarket(instrument)}}`;
const followedKey = (instrument: InstrumentId): string => `${volumeKey(instrument)}:since`;

/** Quantities are integers in their units, as text: Redis counts them exactly in 64 bits. */
export const makeTakenLiquidity = (redis: Redis, past: PastTakings): TakenLiquidity => {
  const rebuilt = rebuildOnce(redis, past);
  const commonly = commonOf(redis);
  const of: TakenLiquidity['of'] = async (userId, ids) => {
    if (ids.length === 0) return new Map();
    const { isWhole, taken } = await readTaken(redis, commonly, { userId, ids });
    if (isWhole) return taken;
    await rebuilt();
    return (await readTaken(redis, commonly, { userId, ids })).taken;
  };
  return {
    of,
    reserve: async (userId, taking) => {
      const { instrument, revision } = taking;
      const keys = [levelsKey(instrument), ownKey(instrument, userId)];
      const isReserved = await runScript<number>(redis, RESERVE, keys, [revision, ...argumentsOf(taking)]);
      return isReserved === 1 ? 'reserved' : 'overtaken';
    },
    giveBack: async (userId, taking) => {
      const keys = [levelsKey(taking.instrument), ownKey(taking.instrument, userId)];
      await runScript(redis, GIVE_BACK, keys, argumentsOf(taking));
    },
  };
};

export const makeLevelKeeper = (redis: Redis, goneAfterMs = LEVEL_GONE_AFTER_MS): LevelKeeper => ({
  known: async (instrument) => {
    const [, fields] = await Promise.all([
      runScript(redis, FOLLOW, [followedKey(instrument)], [FOLLOWED_MS]),
      answered(redis.hkeys(levelsKey(instrument))),
    ]);
    return fields.flatMap((field) => (field.startsWith('q ') ? [field.slice(2)] : []));
  },
  forget: async (instrument, keys) => {
    if (keys.length > 0) await runScript(redis, FORGET, [levelsKey(instrument)], [goneAfterMs, ...keys]);
  },
  traded: async ({ instrument, qty: amount }) => {
    await runScript(redis, TRADED, [volumeKey(instrument)], [`${amount}`, VOLUME_PARTS, TAKEN_KEPT_MS]);
  },
});

function argumentsOf({ levels, trades, volumeQty }: Taking): readonly (string | number)[] {
  return [
    `${volumeQty}`,
    TAKEN_KEPT_MS,
    levels.length,
    ...levels.flatMap(({ key, qty: amount, allMax }) => [key, `${amount}`, allMax === null ? '' : `${allMax}`]),
    ...trades.flatMap(({ key, orderId, qty: amount }) => [`${key} ${orderId}`, `${amount}`]),
  ];
}

/** What everybody took of an instrument's levels, and what was traded in it, as far as that was followed. */
type Common = { readonly levels: Fields; readonly volume: Fields; readonly since: string | null };
type Answer = readonly [whole: string | null, ...(readonly [string[], string[], string | null])[]];

/** Read once for all who ask in one turn. */
const commonOf = (redis: Redis) =>
  inOneTurn(async (asked: readonly (readonly InstrumentId[])[]) => {
    const ids = [...new Set(asked.flat())];
    const keys = ids.flatMap((id) => [levelsKey(id), volumeKey(id), followedKey(id)]);
    const [whole, ...found] = await runScript<Answer>(redis, READ_LEVELS, [WHOLE_KEY, ...keys], []);
    const common = new Map<InstrumentId, Common>();
    ids.forEach((id, index) => {
      const [levels = [], volume = [], since = null] = found[index] ?? [];
      common.set(id, { levels: fieldsOf(levels), volume: fieldsOf(volume), since });
    });
    return { isWhole: whole !== null, common };
  });

/**
 * What a person took goes out first, with the revision that the reservation asks for again: whoever takes something
 * between the two is found by it.
 */
async function readTaken(
  redis: Redis,
  commonly: ReturnType<typeof commonOf>,
  { userId, ids }: { readonly userId: UserId; readonly ids: readonly InstrumentId[] },
) {
  const own = ids.map((id) => answered(redis.hgetall(ownKey(id, userId))));
  const [{ isWhole, common }, ...fields] = await Promise.all([commonly(ids), ...own]);
  const taken = new Map<InstrumentId, Taken>();
  ids.forEach((id, index) => {
    taken.set(id, takenIn(common.get(id) ?? NOTHING_COMMON, fields[index] ?? {}, Date.now()));
  });
  return { isWhole, taken };
}

function fieldsOf(flat: readonly string[]): Fields {
  const fields: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) fields[flat[at] as string] = flat[at + 1] as string;
  return fields;
}

type Fields = Readonly<Record<string, string>>;

const NOTHING_COMMON: Common = { levels: {}, volume: {}, since: null };

/** The parts of the last hour, as far as their clocks agree with this one. */
function takenIn({ levels, volume, since }: Common, own: Fields, nowMs: number): Taken {
  const known = new Map<string, TakenLevel>();
  for (const [field, value] of Object.entries(levels)) {
    if (!field.startsWith('q ')) continue;
    const key = field.slice(2);
    known.set(key, { all: unitsOf(value), own: ownOf(own[field], levels[`a ${key}`]) });
  }
  const first = Math.floor(nowMs / PART_MS) - VOLUME_PARTS;
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
    await runScript(redis, RESTORE, keys, [TAKEN_KEPT_MS, ...given]);
  }
  await answered(redis.set(WHOLE_KEY, '1'));
}
