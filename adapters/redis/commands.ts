import type { Redis } from 'ioredis';
import { CommandLine } from './command-line';
import type { RedisSecret } from './connection';

const NAMES = ['del', 'eval', 'get', 'getdel', 'mget', 'ping', 'set', 'zrange'] as const;

/** The commands of a request, as ioredis answers them: whoever needs more than these takes the whole client. */
export type RedisCommands = Pick<Redis, (typeof NAMES)[number]>;

/**
 * Redis for functions. The whole client is a third of what a function loads before its first request, most of it for
 * clusters, sentinels and streams that nobody here uses (docs/adr/0021). Between `disconnect` and
 * `connect` every command fails as it does while the server is away.
 */
export function connectCommands(
  secret: RedisSecret,
  name: string,
): RedisCommands & { readonly disconnect: () => void; readonly connect: () => void } {
  const line = new CommandLine(secret, name);
  const commands = NAMES.map((command) => [
    command,
    (...words: (string | number | readonly (string | number)[])[]) =>
      line.send([command.toUpperCase(), ...words.flat()]),
  ]);
  return {
    ...(Object.fromEntries(commands) as RedisCommands),
    disconnect: () => line.close(),
    connect: () => line.open(),
  };
}
