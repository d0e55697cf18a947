import { type AccountId, idOf, type UserId } from '../../../domain/kernel/ids';
import { DAY_MS, type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import type { TradedAccount } from '../../../usecases/ports/surveillance/surveillance-store';
import { detectHedging } from '../../../usecases/surveillance/detect-hedging';
import { memorySignalStore } from '../../fakes/memory-surveillance';
import { BTC, INSTRUMENTS, NO, YES } from '../../fixtures/domain-story';

const NOON = instant(Date.UTC(2026, 2, 14, 12));
const MINUTE = 60_000;

/** `BTC+1@0 BTC-1@5`: bought at noon, sold five minutes after it. */
function accountOf(userId: string, accountId: string, moves: string, hedgeSignalAfterMs: number | null = MINUTE) {
  const names = { BTC, YES, NO } as const;
  return {
    userId: idOf<UserId>(userId),
    accountId: idOf<AccountId>(accountId),
    hedgeSignalAfterMs,
    moves: moves.split(' ').map((word) => {
      const [, name = '', amount = '', minute = ''] = /^(\w+)([+-]\d+)@(-?\d+)$/.exec(word) ?? [];
      const at = plusMs(NOON, Number(minute) * MINUTE);
      return { instrument: names[name as keyof typeof names], qty: qty(BigInt(amount)), at };
    }),
  };
}

/** The risk desk over accounts that a test gives it, and a clock that it moves. */
function riskDesk(accounts: readonly TradedAccount[]) {
  let [now, made]: [Instant, number] = [NOON, 0];
  const signals = memorySignalStore();
  const people = [...new Set(accounts.map(({ userId }) => userId))].sort();
  const asked: string[] = [];
  const run = detectHedging({
    conduct: {
      sharedTraders: async (since, after, limit) => {
        asked.push(`${after ?? 'first'} since ${(now - since) / DAY_MS} days`);
        return people.filter((person) => after === undefined || person > after).slice(0, limit);
      },
      tradedAccounts: async (users) => accounts.filter(({ userId }) => users.includes(userId)),
    },
    signals,
    instruments: { find: async () => INSTRUMENTS },
    clock: { now: () => now },
    ids: { next: <Id extends string>() => `signal-${++made}` as Id },
  });
  const at = async (minute: number) => {
    now = plusMs(NOON, minute * MINUTE);
    return run();
  };
  const told = async () =>
    (await signals.list('all', 100)).map(({ userId, legs, beganAt, seenUntil }) => {
      const sides = legs.map((leg) => `${leg.accountId} ${leg.side} ${leg.instrument}`).join(' / ');
      return `${userId}: ${sides}, minutes ${(beganAt - NOON) / MINUTE}-${(seenUntil - NOON) / MINUTE}`;
    });
  return { at, told, asked, signals };
}

test('opposite positions in two accounts become one signal, which lasts as long as they are seen', async () => {
  const { at, told, signals } = riskDesk([accountOf('ann', 'a', 'BTC+1@0'), accountOf('ann', 'b', 'BTC-1@2 BTC+1@10')]);
  expect(await at(2)).toEqual({ people: 1, signals: 0 });
  expect(await at(5)).toEqual({ people: 1, signals: 1 });
  expect(await told()).toEqual(['ann: a long BTC-USD / b short BTC-USD, minutes 2-5']);
  expect(await at(5)).toEqual({ people: 1, signals: 0 });
  expect(await at(20)).toEqual({ people: 1, signals: 1 });
  expect(await told()).toEqual(['ann: a long BTC-USD / b short BTC-USD, minutes 2-10']);
  const [signal] = await signals.list('all', 1);
  expect([signal?.signalId, signal?.detectedAt]).toEqual(['signal-1', plusMs(NOON, 5 * MINUTE)]);
});

test.each`
  story                                  | first                          | second                         | found
  ${'YES here and NO there'}             | ${'YES+5@0'}                   | ${'NO+5@1'}                    | ${1}
  ${'the same direction'}                | ${'BTC+1@0'}                   | ${'BTC+1@0'}                   | ${0}
  ${'one closes before the other opens'} | ${'BTC+1@0 BTC-1@3'}           | ${'BTC-1@3'}                   | ${0}
  ${'two overlaps are two signals'}      | ${'BTC+1@0'}                   | ${'BTC-1@1 BTC+1@3 BTC-1@5'}   | ${2}
  ${'reversed against each other'}       | ${'BTC+1@0 BTC-2@4'}           | ${'BTC-1@0 BTC+2@4'}           | ${2}
  ${'over before the week looked at'}    | ${'BTC+1@-20000 BTC-1@-15000'} | ${'BTC-1@-20000 BTC+1@-15000'} | ${0}
  ${'older than that, and still there'}  | ${'BTC+1@-20000'}              | ${'BTC-1@-20000'}              | ${1}
`('$story: $found found', async ({ first, second, found }) => {
  const { at } = riskDesk([accountOf('ann', 'a', first), accountOf('ann', 'b', second)]);
  expect(await at(10)).toEqual({ people: 1, signals: found });
});

test('two people are not one, and nobody is told of where no rules ask', async () => {
  const { at } = riskDesk([
    accountOf('ann', 'a', 'BTC+1@0'),
    accountOf('bob', 'b', 'BTC-1@0'),
    accountOf('eve', 'c', 'BTC+1@0', null),
    accountOf('eve', 'd', 'BTC-1@0', null),
  ]);
  expect(await at(60)).toEqual({ people: 3, signals: 0 });
});

test('everybody is looked at, page by page', async () => {
  const people = Array.from({ length: 250 }, (_, index) => `p${String(index).padStart(3, '0')}`);
  const { at, asked } = riskDesk(
    people.flatMap((person) => [
      accountOf(person, `${person}-a`, 'BTC+1@0'),
      accountOf(person, `${person}-b`, 'BTC-1@0'),
    ]),
  );
  expect(await at(5)).toEqual({ people: 250, signals: 250 });
  expect(asked).toEqual(['first since 7 days', 'p099 since 7 days', 'p199 since 7 days']);
});

test('with nobody to look at nothing is asked any further', async () => {
  expect(await riskDesk([]).at(0)).toEqual({ people: 0, signals: 0 });
});
