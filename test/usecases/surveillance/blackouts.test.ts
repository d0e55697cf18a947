import type { Blackout } from '../../../domain/assessment/context/decision-context';
import { type BlackoutId, type InstrumentId, idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import type { AuditEntry } from '../../../usecases/ports/operations/audit';
import { cachedBlackouts } from '../../../usecases/surveillance/cached-blackouts';
import { listBlackouts, publishBlackout, withdrawBlackout } from '../../../usecases/surveillance/publish-blackout';
import { memoryBlackoutStore } from '../../fakes/memory-surveillance';
import { BTC, ETH, INSTRUMENTS } from '../../fixtures/domain-story';

const NOON = instant(Date.UTC(2026, 2, 14, 12));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RITA = idOf<UserId>('rita');
const CPI = idOf<BlackoutId>('cpi');
const trace = { correlationId: 'c-1', traceparent: null };

/** The scheduling of news, and a clock that a test moves. */
function openNews() {
  const audited: AuditEntry[] = [];
  let [now, made]: [Instant, number] = [NOON, 0];
  const parts = {
    blackouts: memoryBlackoutStore(audited),
    instruments: {
      find: async (ids: readonly InstrumentId[]) => new Map([...INSTRUMENTS].filter(([id]) => ids.includes(id))),
    },
    clock: { now: () => now },
    ids: { next: <Id extends string>() => `audit-${++made}` as Id },
  };
  const put = (at: Instant, instruments: readonly InstrumentId[] | null = null, title = 'US CPI') =>
    publishBlackout(parts)({ blackoutId: CPI, instruments, title, at, actor: RITA, trace });
  const withdraw = () => withdrawBlackout(parts)({ blackoutId: CPI, actor: RITA, trace });
  const wait = (ms: number) => {
    now = plusMs(now, ms);
  };
  return { put, withdraw, wait, list: listBlackouts(parts), audited, store: parts.blackouts };
}

test('news is scheduled, changed under its id, and taken back; each step is on record', async () => {
  const news = openNews();
  const at = plusMs(NOON, DAY);
  expect(await news.put(at)).toMatchObject({ ok: true, value: { blackoutId: CPI, instruments: null, at } });
  expect(await news.put(plusMs(at, HOUR), [BTC, ETH], 'US CPI, moved')).toMatchObject({ ok: true });
  expect(await news.list()).toEqual([
    { blackoutId: CPI, instruments: [BTC, ETH], title: 'US CPI, moved', at: plusMs(at, HOUR) },
  ]);
  expect(await news.withdraw()).toEqual({ ok: true, value: undefined });
  expect(await news.withdraw()).toMatchObject({ refusal: 'blackout_unknown', fault: { field: 'blackoutId' } });
  expect(await news.list()).toEqual([]);
  expect(news.audited).toMatchObject([
    { actor: RITA, action: 'blackout.published', subject: CPI, detail: { instruments: 'all' } },
    { actor: RITA, action: 'blackout.published', subject: CPI, detail: { instruments: 'BTC-USD ETH-USD' } },
    { actor: RITA, action: 'blackout.withdrawn', subject: CPI },
  ]);
});

test.each`
  what                             | at                             | instruments                | refusal                    | field
  ${'a moment that has passed'}    | ${plusMs(NOON, -1)}            | ${null}                    | ${'blackout_out_of_range'} | ${'at'}
  ${'this very moment'}            | ${NOON}                        | ${null}                    | ${'blackout_out_of_range'} | ${'at'}
  ${'more than a year ahead'}      | ${plusMs(NOON, 366 * DAY + 1)} | ${null}                    | ${'blackout_out_of_range'} | ${'at'}
  ${'an instrument nobody trades'} | ${plusMs(NOON, DAY)}           | ${[BTC, idOf('DOGE-USD')]} | ${'instrument_unknown'}    | ${'instruments'}
`('$what is refused and changes nothing', async ({ at, instruments, refusal, field }) => {
  const news = openNews();
  expect(await news.put(at, instruments)).toMatchObject({ ok: false, refusal, fault: { field } });
  expect([await news.list(), news.audited]).toEqual([[], []]);
});

test('the last moment that may be scheduled is a year and a day ahead', async () => {
  const news = openNews();
  expect((await news.put(plusMs(NOON, 366 * DAY))).ok).toBe(true);
});

test('the list goes back a day', async () => {
  const news = openNews();
  await news.put(plusMs(NOON, HOUR));
  news.wait(HOUR + DAY);
  expect(await news.list()).toHaveLength(1);
  news.wait(1);
  expect(await news.list()).toHaveLength(0);
});

describe('what orders are told', () => {
  const scheduled = (count: number): readonly Blackout[] =>
    Array.from({ length: count }, (_, index) => ({ instruments: null, title: `news ${index}`, at: NOON }));

  /** A store that counts how often it is asked, and between which days. */
  function counted() {
    const asked: string[] = [];
    const days = (at: Instant) => (at - NOON) / DAY;
    const between = async (from: Instant, to: Instant) => {
      asked.push(`${days(from)}..${days(to)}`);
      return scheduled(asked.length).map((blackout) => ({ ...blackout, blackoutId: CPI }));
    };
    return { asked, source: cachedBlackouts({ between }, 5_000) };
  }

  test('is what is a week around, asked for once in a few seconds, also by many at once', async () => {
    const { asked, source } = counted();
    await Promise.all(Array.from({ length: 20 }, () => source.current(NOON)));
    expect(asked).toEqual(['-7..7']);
    expect(await source.current(plusMs(NOON, 4_999))).toHaveLength(1);
    expect(await source.current(plusMs(NOON, 5_000))).toHaveLength(2);
    expect(await source.current(plusMs(NOON, -5_000))).toHaveLength(3);
    expect(asked).toHaveLength(3);
  });

  test('is asked for again after a failure', async () => {
    let isDown = true;
    const source = cachedBlackouts(
      {
        between: async () => {
          if (isDown) throw new Error('the database is away');
          return [];
        },
      },
      5_000,
    );
    await expect(source.current(NOON)).rejects.toThrow('away');
    isDown = false;
    expect(await source.current(NOON)).toEqual([]);
  });
});
