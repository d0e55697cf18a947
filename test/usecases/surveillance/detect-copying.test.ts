import { type AccountId, type InstrumentId, idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { detectCopying } from '../../../usecases/surveillance/detect-copying';
import { memorySignalStore } from '../../fakes/memory-surveillance';

const MIDNIGHT = instant(Date.UTC(2026, 2, 14));
const HOUR = 3_600_000;

type Traded = { readonly account: string; readonly instrument: InstrumentId; readonly at: Instant };

/** The risk desk over fills that a test gives it, and a clock that it moves. */
function riskDesk(traded: readonly Traded[]) {
  let [now, made]: [Instant, number] = [MIDNIGHT, 0];
  const signals = memorySignalStore();
  const asked: string[] = [];
  const known = (since: Instant) => traded.filter(({ at }) => at >= since && at <= now);
  const run = detectCopying({
    conduct: {
      watchedAccounts: async (signal, since, after, limit) => {
        asked.push(`${signal} since ${(since - MIDNIGHT) / HOUR}`);
        const ids = new Set(known(since).map(({ account }) => idOf<AccountId>(account)));
        return [...ids]
          .sort()
          .filter((id) => after === undefined || id > after)
          .slice(0, limit);
      },
      firstFills: async (accounts, since) =>
        accounts.flatMap((accountId) =>
          known(since)
            .filter(({ account }) => account === accountId)
            .map(({ account, ...fill }) => ({
              ...fill,
              side: 'buy' as const,
              copySignal: { withinMs: 500, times: 2 },
              accountId,
              userId: idOf<UserId>(`owner of ${account}`),
            })),
        ),
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
  const { at, told } = riskDesk([...both(1), ...both(2), ...both(3), ...both(25), ...both(26)]);
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
  const { at, asked } = riskDesk([]);
  for (const hour of [5.99, 6, 23, 29.99, 30]) await at(hour);
  expect(asked).toEqual([-24, 0, 0, 0, 24].map((since) => `copySignal since ${since}`));
});

test('accounts come in pages, and a pair on both sides of a page is seen', async () => {
  const alone = Array.from({ length: 450 }, (_, index) => ({
    account: `am${String(index).padStart(3, '0')}`,
    instrument: idOf<InstrumentId>('ETH-USD'),
    at: plusMs(MIDNIGHT, index * 1_000),
  }));
  const { at, told, asked } = riskDesk([...alone, ...both(1), ...both(1.5)]);
  expect(await at(2)).toEqual({ fills: 454, signals: 1 });
  expect(asked).toHaveLength(3);
  expect(await told()).toEqual(['copying a/b of owner of a and owner of b, 2 times']);
});

test('of fills at one time an account’s own order stays, and instruments do not mix', async () => {
  const { at, told } = riskDesk([...both(1), ...both(1), ...both(1, 'ETH-USD')]);
  expect(await at(2)).toEqual({ fills: 6, signals: 1 });
  expect(await told()).toEqual(['copying a/b of owner of a and owner of b, 3 times']);
});
