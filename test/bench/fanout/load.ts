import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { accountOf, type Kind, RawClient } from './raw-client';

/**
 * Many clients in one process. Arguments: kind, port, clients, stalled, instruments. Lines on the input: `measure MS`
 * answers what came meanwhile; `stall` lets the stalled ones read no more, `read` lets them read on.
 */
const [kind, port, count, stalled, instruments] = process.argv.slice(2) as [Kind, ...string[]];
const BATCH = 100;
/** One client of so many looks at the time of each quote. */
const SAMPLED = 25;

const say = (answer: object) => console.log(JSON.stringify(answer));

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0;

async function measure(clients: readonly RawClient[], ms: number): Promise<object> {
  const brisk = clients.slice(Number(stalled));
  for (const [at, client] of brisk.entries()) client.begin(at % SAMPLED === 0);
  await new Promise((resolve) => setTimeout(resolve, ms));
  const tookMs = brisk.flatMap((client) => client.tookMs);
  const sum = (of: (client: RawClient) => number) => clients.reduce((total, client) => total + of(client), 0);
  return {
    quotes: brisk.reduce((total, client) => total + client.quotes, 0),
    p50Ms: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
    events: sum((client) => client.events),
    gaps: sum((client) => client.gaps),
  };
}

async function connected(): Promise<readonly RawClient[]> {
  const clients: RawClient[] = [];
  while (clients.length < Number(count)) {
    const next = Array.from(
      { length: Math.min(BATCH, Number(count) - clients.length) },
      (_, at) => clients.length + at,
    );
    const asked = { instruments: Number(instruments) };
    clients.push(
      ...(await Promise.all(
        next.map((at) => RawClient.open(kind, Number(port), { accountId: accountOf(at), ...asked })),
      )),
    );
  }
  return clients;
}

async function readOn({ socket }: RawClient): Promise<void> {
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
}

async function main(): Promise<void> {
  const clients = await connected();
  const slow = clients.slice(0, Number(stalled));
  say({ ready: clients.length });
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, ms] = line.split(' ');
    if (word === 'measure') say(await measure(clients, Number(ms)));
    if (word === 'stall') for (const { socket } of slow) socket.pause();
    if (word !== 'read') continue;
    await Promise.all(slow.map(readOn));
    say({ tooSlow: slow.filter((client) => client.closedWith === 4408).length });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
