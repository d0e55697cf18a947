import { gzipSync } from 'node:zlib';
import type { Kafka } from 'kafkajs';
import { makeArchiveReader, makeArchiveWriter } from '../../adapters/archive/archive';
import type { FileStore } from '../../adapters/archive/store';
import { openFramePublisher } from '../../adapters/kafka/archive/frame-publisher';
import { tickOfRecord } from '../../adapters/kafka/archive/tick-records';
import { encodeEvent } from '../../contracts/topics/envelope';
import { type EventId, type InstrumentId, idOf } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { price, qty } from '../../domain/kernel/money';
import { SeededRandom } from '../../local/simulators/truth/random';
import { uuidIds } from '../../runtime/edge';
import type { Tick } from '../../usecases/ports/archive/archive';

const TICKS = 100_000;
const INSTRUMENTS = 20;
const BEGAN = Date.parse('2026-03-02T12:00:00Z');
/** Between two ticks of all: as busy as five venues on an ordinary day. */
const EVERY_MS = 3;

/** Quotes as market-data tells them: prices that wander, sizes at random, ids of its own making. */
function record(index: number, prices: number[], draw: () => number): { key: Buffer; value: Buffer; offset: string } {
  const at = BEGAN + index * EVERY_MS;
  const which = Math.floor(draw() * INSTRUMENTS);
  const middle = (prices[which] ?? 0) + Math.round((draw() - 0.5) * 40);
  prices[which] = middle;
  const instrument = `COIN${which}-USD`;
  const level = (cents: number) => ({
    price: price(BigInt(cents) * 1_000_000n),
    qty: qty(BigInt(Math.floor(draw() * 3e8))),
  });
  const eventId = uuidIds.next<EventId>();
  const value = encodeEvent({
    eventId,
    type: 'market-data.quote',
    version: 1,
    key: instrument,
    accountVersion: null,
    occurredAt: instant(at),
    correlationId: eventId,
    traceparent: null,
    data: {
      instrument: idOf<InstrumentId>(instrument),
      venue: 'kraken',
      sequence: BEGAN + index,
      venueProof: String(Math.floor(draw() * 2 ** 32)),
      quality: 'good',
      venueAt: at - 4,
      receivedAt: at,
      bid: level(middle),
      ask: level(middle + 10),
    },
  });
  return { key: Buffer.from(instrument), value: Buffer.from(value), offset: String(index) };
}

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};

const inMemory = (files: Map<string, Uint8Array>): FileStore => ({
  put: async (path, bytes) => void files.set(path, bytes),
  get: async (path) => files.get(path),
  list: async (prefix) => [...files.keys()].filter((path) => path.startsWith(prefix)),
});

async function framesCost(): Promise<number> {
  const producer = { connect: async () => {}, send: async () => {}, disconnect: async () => {} };
  const kafka = { producer: () => producer } as unknown as Kafka;
  let dropped = 0;
  const publisher = await openFramePublisher(kafka, { copy: 'bench', onDropped: (frames) => (dropped += frames) });
  const text = `{"channel":"book","type":"update","data":[${'{"price":91017.0,"qty":2.28572689},'.repeat(8)}{}]}`;
  const began = process.cpuUsage();
  for (let round = 0; round < 20; round++) {
    for (let index = 0; index < 5_000; index++) {
      publisher.put({ venue: 'kraken', connection: '1.0', receivedAt: instant(index), kind: 'socket', text });
    }
    await new Promise((done) => setTimeout(done, 60));
  }
  const micros = (cpuMs(began) * 1_000) / 100_000;
  await publisher.close();
  if (dropped > 0) throw new Error(`${dropped} frames were dropped`);
  return micros;
}

/**
 * What a tick costs in the archive: bytes on disk and CPU for 100,000, beside the same events as NDJSON under gzip;
 * what reading costs; and what market-data pays for each frame that it hands on, without the client's own sending.
 */
export async function run(): Promise<Readonly<Record<string, number>>> {
  const random = new SeededRandom(53);
  const draw = () => random.next();
  const prices = Array.from({ length: INSTRUMENTS }, () => 1_000_000 + Math.floor(draw() * 8_000_000));
  const records = Array.from({ length: TICKS }, (_, index) => record(index, prices, draw));
  const plain = Buffer.concat(records.flatMap(({ value }) => [value, Buffer.from('\n')]));
  const files = new Map<string, Uint8Array>();
  const writer = makeArchiveWriter(inMemory(files), uuidIds, 'bench');

  // The archiver runs for weeks: nobody asks what its first file costs.
  const warm = records.slice(0, 20_000).map((one) => tickOfRecord(0, { ...one, timestamp: `${BEGAN}` }));
  for (let round = 0; round < 3; round++)
    await makeArchiveWriter(inMemory(new Map()), uuidIds, 'warm').storeTicks(warm);

  const taking = process.cpuUsage();
  const ticks: readonly Tick[] = records.map((one) => tickOfRecord(0, { ...one, timestamp: `${BEGAN}` }));
  const takeMs = cpuMs(taking);
  const writing = process.cpuUsage();
  await writer.storeTicks(ticks);
  const writeMs = cpuMs(writing);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.byteLength, 0);

  const zipping = process.cpuUsage();
  const zipped = gzipSync(plain).byteLength;
  const gzipMs = cpuMs(zipping);

  const span = { from: BEGAN, to: BEGAN + TICKS * EVERY_MS };
  const reader = makeArchiveReader(inMemory(files));
  const counted = async (instruments?: readonly string[]) => {
    const began = process.cpuUsage();
    let rows = 0;
    for await (const _ of reader.ticks(span, instruments)) rows += 1;
    return { rows, ms: cpuMs(began) };
  };
  const all = await counted();
  const one = await counted(['COIN7-USD']);
  if (all.rows !== TICKS) throw new Error(`${all.rows} of ${TICKS} ticks came back`);
  return {
    ticks: TICKS,
    bytesPerTick: round(bytes / TICKS),
    plainBytesPerTick: round(plain.byteLength / TICKS),
    gzipBytesPerTick: round(zipped / TICKS),
    ratioSizeToGzip: round(bytes / zipped),
    takeCpuMsPer100k: round(takeMs),
    writeCpuMsPer100k: round(writeMs),
    gzipCpuMsPer100k: round(gzipMs),
    ratioCpuToGzip: round((takeMs + writeMs) / gzipMs),
    readCpuMsPer100k: round(all.ms),
    readOneOfTwentyCpuMs: round(one.ms),
    framePutCpuMicros: round(await framesCost()),
  };
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
