import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeArchiveWriter } from '../../../adapters/archive/archive';
import { makeFolderStore } from '../../../adapters/archive/folder-store';
import { readArguments } from '../../../local/archive/arguments';
import { uuidIds } from '../../../runtime/edge';
import { frameOf, tickOf } from '../../fixtures/archived';

/** Goal: who asks what a price was gets it, or is told in one line what is wrong or what is not kept. */
const NOON = Date.parse('2026-03-29T12:00:00Z');
const read = (...args: string[]) => readArguments(args, '/checkout');
const NAMED = ['show', 'BTC-USD', '2026-03-29T12:00:00Z'];

test('times are read as dates or as numbers, the archive is the local one unless another is named', () => {
  expect(read(...NAMED, `${NOON + 1_500}`)).toEqual({
    instrument: 'BTC-USD',
    span: { from: NOON, to: NOON + 1_500 },
    frames: false,
    json: false,
    archive: 'file:///checkout/.local/archive',
  });
  expect(read(...NAMED, '2026-03-29T14:00+02:00', '--frames', '--json', '--archive', 's3://ticks')).toMatchObject({
    span: { from: NOON, to: NOON },
    frames: true,
    json: true,
    archive: 's3://ticks',
  });
  expect(read(...NAMED, `${NOON}`, '--archive', '/somewhere').archive).toBe('file:///somewhere');
});

test.each`
  args                                                         | complaint
  ${[]}                                                        | ${'What should be shown?'}
  ${['list', 'BTC-USD', '1', '2']}                             | ${'What should be shown?'}
  ${NAMED}                                                     | ${'What should be shown?'}
  ${[...NAMED, 'later']}                                       | ${'to: later must be a time such as'}
  ${[...NAMED, '2026-03-29T12:00:00']}                         | ${'to: 2026-03-29T12:00:00 must be'}
  ${[...NAMED, '2026-13-29T12:00:00Z']}                        | ${'to: 2026-13-29T12:00:00Z must be'}
  ${['show', 'BTC-USD', '5', '2026-03-29T12:00:00Z']}          | ${'from: 5 must be'}
  ${[...NAMED, '2026-03-29T11:59:59Z']}                        | ${'to: must not be before from'}
  ${[...NAMED, '2026-05-01T00:00:00Z']}                        | ${'to: must be within 31 days of from'}
  ${[...NAMED, '2026-03-29T12:01:00Z', '--archive', 'gs://x']} | ${'--archive: gs://x must be'}
  ${[...NAMED, '2026-03-29T12:01:00Z', '--frame']}             | ${"Unknown option '--frame'"}
`('$args: $complaint', ({ args, complaint }) => {
  expect(() => read(...args)).toThrow(complaint);
});

describe('the command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'archive-'));
    const writer = makeArchiveWriter(makeFolderStore(folder), uuidIds, 'pod');
    const told = [0, 1, 2].map((offset) => tickOf({ at: NOON + offset * 1_000, offset }));
    // Sent again by its publisher.
    const twice = { ...(told[1] as (typeof told)[0]), offset: 3, occurredAt: NOON + 1_001 };
    await writer.storeTicks([...told, twice, tickOf({ at: NOON, offset: 0, partition: 1, instrument: 'ETH-USD' })]);
    await writer.storeFrames([frameOf(NOON + 1, 1), frameOf(NOON + 2, 1, { venue: 'kalshi', connection: 'k' })]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'local/archive.ts', ...args, '--archive', folder], {
      encoding: 'utf8',
    });

  test('shows each event once, in order, and what is not kept of the time asked for', () => {
    const { status, stdout, stderr } = run(...NAMED, `${NOON + 60_000}`);
    expect(stdout).toBe(
      [0, 1, 2]
        .map(
          (n) =>
            `2026-03-29T12:00:0${n}.000Z  quote          ${n + 1}  good     0.00000001 at 91000.1  |  12.5 at 91000.2\n`,
        )
        .join(''),
    );
    expect(stderr).toContain('3 events of BTC-USD from 2026-03-29T12:00:00.000Z to 2026-03-29T12:01:00.000Z');
    expect(stderr).toContain('nothing is kept from 2026-03-29T12:00:02.000Z to 2026-03-29T12:01:00.000Z');
    expect(status).toBe(0);
  });

  test('shows the events as they were told, and the frames of the instrument’s venues', () => {
    const events = run(...NAMED, `${NOON}`, '--json').stdout;
    expect(events).toBe(`${tickOf({ at: NOON, offset: 0 }).body}\n`);
    const frames = run(...NAMED, `${NOON + 10}`, '--frames').stdout;
    expect(frames).toBe('2026-03-29T12:00:00.001Z  kraken  1.0  {"channel":"book","n":1}\n');
  });

  test('says that nothing is kept, and what is wrong with a question', () => {
    const nothing = run('show', 'DOGE-USD', `${NOON}`, `${NOON + 1}`);
    expect([nothing.status, nothing.stdout]).toEqual([1, '']);
    const wrong = run('show', 'BTC-USD', 'noon', `${NOON}`);
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      'from: noon must be a time such as 2026-03-01T12:00:00Z, or epoch milliseconds\n',
    ]);
  });

  test('whoever reads only the first line ends it without a complaint', () => {
    const line = `"${process.execPath}" --import tsx local/archive.ts ${NAMED.join(' ')} ${NOON + 9_000} --archive ${folder} | head -1`;
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).toContain(
      '12:00:00.000Z',
    );
  });
});
