import { createServer } from 'node:net';

/** A port of 127.0.0.1 that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

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

/** The start of a block of `size` free ports, for a platform beside another. */
export async function freePortBase(size = 100): Promise<number> {
  for (let base = 20_000 + (process.pid % 200) * 100; base < 60_000; base += size) {
    const block = Array.from({ length: size }, (_, offset) => base + offset);
    if ((await firstTaken(block)) === undefined) return base;
  }
  throw new Error('no block of free ports');
}
