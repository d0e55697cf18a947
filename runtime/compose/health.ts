import { ping } from '../../adapters/cockroach/connection/ping.sql';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { functionDatabase } from '../database';
import { openRedis } from '../redis';
import { within } from '../within';

const ANSWER_MS_MAX = 2_000;

const ASKED: Readonly<Record<string, () => Promise<unknown>>> = {
  database: async () => (await functionDatabase()).query(ping),
  redis: async () => (await openRedis()).ping(),
};

/** Asks each part for a real answer, all at once; the first that has none is named. */
export async function checkReadiness(): Promise<Result<Record<string, string>, 'not_ready'>> {
  const answers = await Promise.all(Object.entries(ASKED).map(async ([name, ask]) => [name, await isUp(ask)] as const));
  const down = answers.find(([, up]) => !up);
  if (down) return refuse('not_ready', down[0], `must answer within ${ANSWER_MS_MAX / 1000} s`);
  return accept(Object.fromEntries(answers.map(([name]) => [name, 'ok'])));
}

const isUp = (ask: () => Promise<unknown>): Promise<boolean> =>
  within(
    ANSWER_MS_MAX,
    ask().then(
      () => true,
      () => false,
    ),
    false,
  );
