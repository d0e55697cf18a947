import { type AccountId, type InstrumentId, idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { detectCopying } from '../../../usecases/detect-copying';
import type { FillPlace } from '../../../usecases/ports/risk-desk';
import { memorySignalStore } from '../../fakes/memory-risk-desk';

const MIDNIGHT = instant(Date.UTC(2026, 2, 14));
const HOUR = 3_600_000;

type Traded = { readonly account: string; readonly instrument: InstrumentId; readonly at: Instant };
const isAfter = (one: FillPlace, two: FillPlace) =>
  one.at > two.at || (one.at === two.at && (one.accountId > two.accountId || one.version > two.version));

/** The risk desk over fills that a test gives it, in the order of time, and a clock that it moves. */
function desk(traded: readonly Traded[]) {
  let [now, made]: [Instant, number] = [MIDNIGHT, 0];
  const signals = memorySignalStore();
  const asked: string[] = [];
  const run = detectCopying({
    conduct: {
      instrumentsFilled: async (since, after, limit) => {
        asked.push(`since ${(since - MIDNIGHT) / HOUR}`);
        const ids = [...new Set(traded.filter(({ at }) => at >= since && at <= now).map((fill) => fill.instrument))];
        return ids
          .sort()
          .filter((id) => after === undefined || id > after)
          .slice(0, limit);
      },
      firstFills: async (instrument, since, after, limit) =>
        traded
          .map(({ account, at, ...fill }, version) => ({
            fill: {
              ...{ ...fill, at, side: 'buy' as const, copySignal: { withinMs: 500, times: 2 } },
              ...{ accountId: idOf<AccountId>(account), userId: idOf<UserId>(`owner of ${account}`) },
            },
            place: { at, accountId: idOf<AccountId>(account), version },
          }))
          .filter(({ fill }) => fill.instrument === instrument && fill.at >= since && fill.at <= now)
          .filter(({ place }) => after === undefined || isAfter(place, after))
          .slice(0, limit),
    },
    signals,
    clock: { now: () => now },
    ids: { next: <Id extends string>() => `signal-${++made}` as Id },
  });
  const at = async (hour: number) => {
    now = plusMs(MIDNIGHT, hour * HOUR);
    return run();
  };
  const told = async () =>
    (await signals.list('all', 10_000)).map(({ kind, userId, legs, copied }) => {
      const accounts = legs.map(({ accountId }) => accountId).join('/');
      return `${kind} ${accounts} of ${userId} and ${copied?.otherUserId}, ${copied?.times} times`;
    });
  return { at, told, asked };
}

const both = (hour: number, instrument = 'BTC-USD'): readonly Traded[] =>
  ['a', 'b'].map((account) => ({ account, instrument: idOf(instrument), at: plusMs(MIDNIGHT, hour * HOUR) }));

test('what two accounts did together becomes one signal of the day, which counts on', async () => {
  const { at, told } = desk([...both(1), ...both(2), ...both(3), ...both(25), ...both(26)]);
  expect(await at(1)).toEqual({ fills: 2, signals: 0 });
  expect(await at(2)).toEqual({ fills: 4, signals: 1 });
  expect(await told()).toEqual(['copying a/b of owner of a and owner of b, 2 times']);
  expect(await at(2.5)).toEqual({ fills: 4, signals: 0 });
  expect(await at(4)).toEqual({ fills: 6, signals: 1 });
  expect(await told()).toEqual(['copying a/b of owner of a and owner of b, 3 times']);
  expect(await at(26)).toEqual({ fills: 10, signals: 1 });
  expect(await told()).toHaveLength(2);
});

test('the day before is looked at for six hours more', async () => {
  const { at, asked } = desk([]);
  for (const hour of [5.99, 6, 23, 29.99, 30]) await at(hour);
  expect(asked).toEqual(['since -24', 'since 0', 'since 0', 'since 0', 'since 24']);
});

test('pages of instruments and of fills follow one another, and a pair on both sides of a page is seen', async () => {
  const names = Array.from({ length: 600 }, (_, index) => `I${String(index).padStart(3, '0')}`);
  const alone = Array.from({ length: 1_999 }, (_, index) => ({
    ...{ account: 'z', instrument: idOf<InstrumentId>('I000') },
    at: plusMs(MIDNIGHT, index),
  }));
  const { at, told } = desk([...alone, ...both(1, 'I000'), ...names.slice(1).flatMap((name) => both(1, name))]);
  expect(await at(2)).toEqual({ fills: 1_999 + 1_200, signals: 1 });
  expect(await told()).toEqual(['copying a/b of owner of a and owner of b, 600 times']);
});
