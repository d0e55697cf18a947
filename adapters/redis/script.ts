import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { answered } from './redis-errors';

/** A script of the server, which it knows by its hash once it has run it. */
export type Script = { readonly text: string; readonly sha1: string };

export const scriptOf = (text: string): Script => ({ text, sha1: createHash('sha1').update(text).digest('hex') });

type Given = readonly (string | number)[];

/** Runs a script by its hash; the text is sent only to a server that does not know it. */
export async function runScript<T>(redis: Redis, { text, sha1 }: Script, keys: Given, given: Given): Promise<T> {
  try {
    return (await answered(redis.evalsha(sha1, keys.length, ...keys, ...given))) as T;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return (await answered(redis.eval(text, keys.length, ...keys, ...given))) as T;
  }
}
