import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeArchiveReader, makeArchiveWriter } from '../../../adapters/archive/archive';
import { makeS3Store } from '../../../adapters/archive/s3-store';
import { uuidIds } from '../../../runtime/edge';
import { all, tickOf } from '../../fixtures/archived';

/** Goal: a bucket is spoken to as S3 is: one PUT for a file, lists in pages, an absent object is no failure. */
const PAGE = 2;
const objects = new Map<string, Buffer>();
const asked: string[] = [];
let failures = 0;
let server: Server;

const xml = (response: ServerResponse, status: number, body: string) =>
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://s3');
  const key = decodeURIComponent(url.pathname.replace(/^\/ticks-bucket\/?/, ''));
  asked.push(`${request.method} ${key || url.searchParams.get('prefix')}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (failures > 0) {
    failures -= 1;
    xml(response, 503, '<Error><Code>SlowDown</Code><Message>wait</Message></Error>');
  } else if (request.method === 'PUT') {
    objects.set(key, Buffer.concat(chunks));
    response.writeHead(200, { etag: '"1"' }).end();
  } else if (key !== '') {
    const body = objects.get(key);
    if (body) response.writeHead(200, { 'content-length': body.length }).end(body);
    else xml(response, 404, '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
  } else list(url, response);
}

function list({ searchParams }: URL, response: ServerResponse): void {
  const prefix = searchParams.get('prefix') ?? '';
  const from = Number(searchParams.get('continuation-token') ?? '0');
  const keys = [...objects.keys()].filter((one) => one.startsWith(prefix)).sort();
  const page = keys.slice(from, from + PAGE).map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
  const isMore = from + PAGE < keys.length;
  const next = isMore ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : '';
  xml(
    response,
    200,
    `<ListBucketResult><Name>ticks-bucket</Name><IsTruncated>${isMore}</IsTruncated>${next}${page.join('')}</ListBucketResult>`,
  );
}

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  objects.clear();
  asked.length = 0;
});

const store = () =>
  makeS3Store('ticks-bucket', {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'key', secretAccessKey: 'word' },
    maxAttempts: 2,
  });

const NOON = Date.parse('2026-03-29T12:00:00Z');

test('ticks go into a bucket in one request a file, and come back', async () => {
  const ticks = Array.from({ length: 5 }, (_, offset) => tickOf({ at: NOON + offset, offset }));
  const writer = makeArchiveWriter(store(), uuidIds, 'pod-1');
  for (const tick of ticks) await writer.storeTicks([tick]);
  expect(asked.map((line) => line.replace(/\/\d{13}.*$/, ''))).toEqual(
    ticks.map(() => 'PUT ticks/date=2026-03-29/hour=12'),
  );
  // Five files are listed in three pages.
  expect(await all(makeArchiveReader(store()).ticks({ from: NOON, to: NOON + 10 }))).toEqual(ticks);
});

test('an object that is not there is none; a bucket that refuses for a moment is asked again, for good it throws', async () => {
  expect(await store().get('ticks/none.parquet')).toBeUndefined();
  failures = 1;
  await store().put('ticks/a.parquet', Buffer.from('a'));
  expect(objects.get('ticks/a.parquet')?.toString()).toBe('a');
  failures = 2;
  await expect(store().put('ticks/b.parquet', Buffer.from('b'))).rejects.toThrow('wait');
  failures = 0;
});
