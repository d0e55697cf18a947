import { createServer } from 'node:net';

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
