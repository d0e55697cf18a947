import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { accountOf, type Kind } from './fanout/raw-client';

const MEASURED_MS = Number(process.env.BENCH_ROUND_MS ?? 8_000);
const SETTLE_MS = 2_000;
/** For so long a reader that stands still may last: a kernel's buffers, then ten seconds. */
const STALLED_MS = 30_000;
const IDLE = 5_000;
const STALLED = 20;

const SERVERS: Readonly<Record<Kind, readonly string[]>> = {
  gateway: ['node_modules/bun/bin/bun.exe', 'gateway-server.ts'],
  plain: [process.execPath, '--import', 'tsx', 'plain-server.ts'],
  'socket.io': [process.execPath, '--import', 'tsx', 'socket-io-server.ts'],
};

/** A process that answers each line with a line of JSON. */
class Peer {
  private readonly lines: AsyncIterator<string>;

  /** On the processor `core` alone. */
  constructor(
    readonly child: ChildProcess,
    private readonly name: string,
  ) {
    this.lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  static start(core: number, [program = '', ...args]: readonly string[]): Peer {
    const file = args.findIndex((arg) => arg.endsWith('.ts'));
    const placed = args.map((arg, at) => (at === file ? join('test', 'bench', 'fanout', arg) : arg));
    const child = spawn('taskset', ['-c', String(core), program, ...placed], { stdio: ['pipe', 'pipe', 'inherit'] });
    return new Peer(child, args[file] ?? program);
  }

  say(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async answer<T>(): Promise<T> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.name} ended`);
    return JSON.parse(value) as T;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** Seconds of processor time so far: user and system, in hundredths (proc(5)). */
  get cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  get residentBytes(): number {
    const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8')) ?? [];
    return Number(kb) * 1_024;
  }
}

type Counts = { quotes: number; p50Ms: number; p99Ms: number; events: number; gaps: number };
type Measured = Counts & { readonly perCpuSecond: number };
type Traffic = { readonly rate: number; readonly instruments: number };

const USUAL: Traffic = { rate: 200, instruments: 20 };
/** So much that a reader who stands still has soon more unread than the kernel keeps for it. */
const HEAVY: Traffic = { rate: 1_000, instruments: 100 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts a server on one processor, and ends it after `work`. */
async function served<T>(kind: Kind, work: (server: Peer, port: number) => Promise<T>): Promise<T> {
  const server = Peer.start(0, SERVERS[kind]);
  try {
    const { port } = await server.answer<{ port: number }>();
    return await work(server, port);
  } finally {
    await server.end();
  }
}

type Crowd = { readonly kind: Kind; readonly port: number; readonly clients: number; readonly stalled?: number };

/** Connects clients from the other processor, and ends them after `work`. */
async function crowded<T>(
  { kind, port, clients, stalled = 0 }: Crowd,
  { instruments }: Traffic,
  work: (load: Peer) => Promise<T>,
): Promise<T> {
  const args = [kind, port, clients, stalled, instruments].map(String);
  const load = Peer.start(1, [process.execPath, '--import', 'tsx', 'load.ts', ...args]);
  try {
    await load.answer();
    return await work(load);
  } finally {
    await load.end();
  }
}

async function measure(server: Peer, load: Peer): Promise<Measured> {
  const before = server.cpuSeconds;
  load.say(`measure ${MEASURED_MS}`);
  const counts = await load.answer<Counts>();
  return { ...counts, perCpuSecond: counts.quotes / (server.cpuSeconds - before) };
}

const begin = async (server: Peer, { rate, instruments }: Traffic): Promise<void> => {
  server.say(`rate ${rate} ${instruments}`);
  await pause(SETTLE_MS);
};

const flow = (kind: Kind, clients: number): Promise<Measured> =>
  served(kind, (server, port) =>
    crowded({ kind, port, clients }, USUAL, async (load) => {
      await begin(server, USUAL);
      const accountEvents = kind === 'gateway' ? eventsFor(server, clients) : undefined;
      const measured = await measure(server, load);
      clearInterval(accountEvents);
      return measured;
    }),
  );

/** Beside the prices something happens to each account in turn. */
function eventsFor(server: Peer, clients: number): NodeJS.Timeout {
  let next = 0;
  return setInterval(() => server.say(`event ${accountOf(next++ % clients)}`), 10);
}

/** What a connection that is told nothing costs in memory, beyond the first thousand. */
const idle = (): Promise<number> =>
  served('gateway', (server, port) =>
    crowded({ kind: 'gateway', port, clients: 1_000 }, USUAL, async () => {
      const before = server.residentBytes;
      return crowded({ kind: 'gateway', port, clients: IDLE }, USUAL, async () => {
        await pause(SETTLE_MS);
        return (server.residentBytes - before) / IDLE;
      });
    }),
  );

/** A thousand clients while none of them stands still, then while twenty do. */
const stall = () =>
  served('gateway', (server, port) =>
    crowded({ kind: 'gateway', port, clients: 1_000, stalled: STALLED }, HEAVY, async (load) => {
      await begin(server, HEAVY);
      const without = await measure(server, load);
      load.say('stall');
      await pause(SETTLE_MS);
      const beside = await measure(server, load);
      await pause(STALLED_MS - MEASURED_MS);
      load.say('read');
      const { tooSlow } = await load.answer<{ tooSlow: number }>();
      return { stalledEffect: beside.p99Ms / without.p99Ms, tooSlow, without, beside };
    }),
  );

/**
 * Prices to many browsers: the shipped gateway on Bun, one loop with `ws` on Node and socket.io on Node, each alone on
 * one processor, the clients on another. A client counts each quote that reaches it, however many share a frame; prices
 * that another replaced within the gateway's window reach nobody and count for nothing.
 */
export async function run(): Promise<Record<string, number>> {
  const crowds = [1_000, 5_000];
  const rows = new Map<string, Measured>();
  for (const clients of crowds) {
    for (const kind of ['gateway', 'plain', 'socket.io'] as const) {
      console.error(`${kind}, ${clients} clients …`);
      rows.set(`${kind} ${clients}`, await flow(kind, clients));
    }
  }
  console.table(Object.fromEntries([...rows].map(([name, row]) => [name, rounded(row)])));
  const of = (kind: Kind, clients: number) => rows.get(`${kind} ${clients}`) as Measured;
  const ratioTo = (kind: Kind) =>
    Math.min(...crowds.map((clients) => of('gateway', clients).perCpuSecond / of(kind, clients).perCpuSecond));
  console.error('idle connections, and readers that stand still …');
  const bytesPerIdleConnection = await idle();
  const { stalledEffect, tooSlow, without, beside } = await stall();
  console.table({ without: rounded(without), beside: rounded(beside) });
  return rounded({
    deliveredPerCpuSecond: of('gateway', 5_000).perCpuSecond,
    ratioSocketIo: ratioTo('socket.io'),
    ratioPlain: ratioTo('plain'),
    p99Ms: of('gateway', 1_000).p99Ms,
    p99Ms5000: of('gateway', 5_000).p99Ms,
    bytesPerIdleConnection,
    stalledEffect,
    stalledCutOff: tooSlow / STALLED,
    eventGaps: [...rows.values(), without, beside].reduce((sum, { gaps }) => sum + gaps, 0),
  });
}

const rounded = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]));
