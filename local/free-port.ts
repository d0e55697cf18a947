import { createServer } from 'node:net';

/**
 * Ports below the range from which systems take the local ends of outgoing connections: a port that is free stays free
 * until its server listens. Processes search in different hundreds, so they do not meet either.
 */
const SINGLE = { from: 10_000, hundreds: 100 } as const;
const BLOCKS = { from: 20_000, hundreds: 120 } as const;

let handedOut = 0;

/** A port of 127.0.0.1 that is free now, another one at each call. */
export async function freePort(): Promise<number> {
  const hundred = process.pid % SINGLE.hundreds;
  for (; handedOut < SINGLE.hundreds * 100; handedOut++) {
    const port = SINGLE.from + ((hundred * 100 + handedOut) % (SINGLE.hundreds * 100));
    if (await isTaken(port)) continue;
    handedOut++;
    return port;
  }
  throw new Error('no free port');
}

/** The first of these ports that somebody else listens on. */
export async function firstTaken(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) if (await isTaken(port)) return port;
  return undefined;
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });

/** The start of a block of 100 free ports, for a platform beside another. */
export async function freePortBase(): Promise<number> {
  for (let tried = 0; tried < BLOCKS.hundreds; tried++) {
    const base = BLOCKS.from + ((process.pid + tried) % BLOCKS.hundreds) * 100;
    const block = Array.from({ length: 100 }, (_, offset) => base + offset);
    if ((await firstTaken(block)) === undefined) return base;
  }
  throw new Error('no block of free ports');
}
