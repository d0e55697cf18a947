import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { instant } from '../domain/kernel/instant';
import type { Clock, Digest, Ids } from '../usecases/ports/edge';
import type { Pace } from '../usecases/ports/pace';

export const systemClock: Clock = { now: () => instant(Date.now()) };
export const uuidIds: Ids = { next: <Id extends string>() => uuidv7() as Id };
export const sha256Digest: Digest = { sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex') };

export const steadyPace: Pace = {
  atLeast: async (ms, work) => {
    const [result] = await Promise.all([work(), sleep(ms)]);
    return result;
  },
};
