import type { Redis } from 'ioredis';
import { makeBookStore } from '../../adapters/redis/market-store';
import { makeJudgedUntil } from '../../adapters/redis/past/judged-until';
import { makeToldPrices } from '../../adapters/redis/past/told-prices';
import { systemClock, uuidIds } from '../../runtime/edge';
import { judgePast } from '../../usecases/judging/judge-past';
import { NO_TAPE } from '../../usecases/ports/market-data/market-data';
import type { TakenLiquidity } from '../../usecases/ports/market-data/taken-liquidity';
import { bookAt } from '../fixtures/stored-account';

/** A lively market tells twenty states a second, and an engine twice a second how far it is. */
const [TOLD_EVERY_MS, JUDGED_EVERY_MS] = [50, 500];

/** What an order reads of the past: books that are told to a Redis, and how far an engine has judged. */
export async function toldPast(redis: Redis, taken: TakenLiquidity) {
  const [told, judgedUntil, sink] = [makeToldPrices(redis), makeJudgedUntil(redis), makeBookStore(redis)];
  const timers = [
    setInterval(() => void sink.put(bookAt(systemClock.now())), TOLD_EVERY_MS),
    setInterval(() => void judgedUntil.tell(0, 1, systemClock.now()), JUDGED_EVERY_MS),
  ];
  await judgedUntil.tell(0, 1, systemClock.now());
  const judge = async () => {
    throw new Error('nothing is decided about an account whose price never changes');
  };
  return {
    judgePast: judgePast({ ...NOTHING_ELSE, books: sink, taken, told, judgedUntil, judge }),
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

const NOTHING_ELSE = {
  instruments: { find: async () => new Map(), list: async () => [] },
  tape: NO_TAPE,
  blackouts: { current: async () => [] },
  clock: systemClock,
  ids: uuidIds,
};
