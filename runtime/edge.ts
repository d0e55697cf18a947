import { createHash, getRandomValues } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { V7Generator } from 'uuidv7';
import { instant } from '../domain/kernel/instant';
import type { Clock, Digest, Ids } from '../usecases/ports/clock-and-ids';
import type { Pace } from '../usecases/ports/events/pace';

export const systemClock: Clock = { now: () => instant(Date.now()) };
export const uuidIds: Ids = { next: <Id extends string>() => generator.generate().toString() as Id };
export const sha256Digest: Digest = { sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex') };

export const steadyPace: Pace = {
  atLeast: async (ms, work) => {
    const [result] = await Promise.all([work(), sleep(ms)]);
    return result;
  },
};

/** Random words are drawn many at a time: a call for each id would cost more than the rest of it. */
const words = new Uint32Array(1_024);
let drawn = words.length;

const nextUint32 = (): number => {
  if (drawn === words.length) {
    getRandomValues(words);
    drawn = 0;
  }
  return words[drawn++] ?? 0;
};

/** UUIDv7 (RFC 9562): they rise with time, also within a millisecond. */
const generator = new V7Generator({ nextUint32 });

/** The pod's name: a copy that is restarted in its place is the same copy, and goes on with what it led. */
export const thisCopy = hostname();
