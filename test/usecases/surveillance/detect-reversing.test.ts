import { type AccountId, idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import type { WatchedAccount } from '../../../usecases/ports/surveillance/surveillance-store';
import { detectReversing } from '../../../usecases/surveillance/detect-reversing';
import { memorySignalStore } from '../../fakes/memory-surveillance';
import { BTC, INSTRUMENTS, NO, YES } from '../../fixtures/domain-story';

const NOON = instant(Date.UTC(2026, 2, 14, 12));
const SECOND = 1_000;

/** `BTC+1@0 BTC-2@5`: bought at noon, reversed five seconds after it. */
function accountOf(accountId: string, moves: string, reverseSignalWithinMs = 60 * SECOND): WatchedAccount {
  const names = { BTC, YES, NO } as const;
  return {
    userId: idOf<UserId>(`owner of ${accountId}`),
    accountId: idOf<AccountId>(accountId),
    reverseSignalWithinMs,
    moves: moves.split(' ').map((word) => {
      const [, name = '', amount = '', second = ''] = /^(\w+)([+-]\d+)@(-?\d+)$/.exec(word) ?? [];
      const at = plusMs(NOON, Number(second) * SECOND);
      return { instrument: names[name as keyof typeof names], qty: qty(BigInt(amount)), at };
    }),
  };
}

function riskDesk(accounts: readonly WatchedAccount[]) {
  let [now, made]: [Instant, number] = [NOON, 0];
  const signals = memorySignalStore();
  const asked: string[] = [];
  const run = detectReversing({
    conduct: {
      watchedAccounts: async (_signal, since, after, limit) => {
        asked.push(`${after ?? 'first'} since ${(now - since) / 3_600_000} hours`);
        const ids = accounts.map(({ accountId }) => accountId).sort();
        return ids.filter((id) => after === undefined || id > after).slice(0, limit);
      },
      movesSince: async (ids) => accounts.filter(({ accountId }) => ids.includes(accountId)),
    },
    signals,
    instruments: { find: async () => INSTRUMENTS },
    clock: { now: () => now },
    ids: { next: <Id extends string>() => `signal-${++made}` as Id },
  });
  const at = async (second: number) => {
    now = plusMs(NOON, second * SECOND);
    return run();
  };
  const told = async () =>
    (await signals.list('all', 100)).map(({ kind, userId, legs, beganAt, seenUntil }) => {
      const sides = legs.map((leg) => `${leg.accountId} ${leg.side} ${leg.instrument}`).join(' / ');
      return `${kind} ${userId}: ${sides}, seconds ${(beganAt - NOON) / SECOND}-${(seenUntil - NOON) / SECOND}`;
    });
  return { at, told, asked };
}

test('a reversal becomes one signal of one account, however often it is found', async () => {
  const { at, told } = riskDesk([accountOf('a', 'BTC+1@0 BTC-1@10 BTC-1@40')]);
  expect(await at(60)).toEqual({ accounts: 1, signals: 1 });
  expect(await at(360)).toEqual({ accounts: 1, signals: 0 });
  expect(await told()).toEqual(['reversing owner of a: a long BTC-USD / a short BTC-USD, seconds 10-40']);
});

test('each account is held to its own rules', async () => {
  const moves = 'YES+5@0 YES-5@10 NO+5@40';
  const { at, told } = riskDesk([accountOf('a', moves, 29 * SECOND), accountOf('b', moves, 30 * SECOND)]);
  expect(await at(60)).toEqual({ accounts: 2, signals: 1 });
  expect(await told()).toEqual(['reversing owner of b: b long PM-rain-YES / b long PM-rain-NO, seconds 10-40']);
});

test('two reversals of one account are two signals', async () => {
  const { at } = riskDesk([accountOf('a', 'BTC+1@0 BTC-2@10 BTC+2@20')]);
  expect(await at(60)).toEqual({ accounts: 1, signals: 2 });
});

test('everybody is looked at, page by page', async () => {
  const accounts = Array.from({ length: 450 }, (_, index) => `a${String(index).padStart(3, '0')}`);
  const { at, asked } = riskDesk(accounts.map((account) => accountOf(account, 'BTC+1@0 BTC-2@10')));
  expect(await at(60)).toEqual({ accounts: 450, signals: 450 });
  expect(asked).toEqual(['first since 6 hours', 'a199 since 6 hours', 'a399 since 6 hours']);
});

test('with nobody to look at nothing is asked any further', async () => {
  expect(await riskDesk([]).at(0)).toEqual({ accounts: 0, signals: 0 });
});
