import fc from 'fast-check';
import { openDay } from '../../../../domain/assessment/judging/day';
import { raiseAfterFill } from '../../../../domain/assessment/judging/high-water-mark';
import { warnOf } from '../../../../domain/assessment/judging/warnings';
import type { LimitName, RuleRoom } from '../../../../domain/assessment/rules/rule-set';
import { subUsd, usd } from '../../../../domain/kernel/money';
import { accountWith, BTC, dollars, held, moment, RULES, standingWith } from '../../../fixtures/domain-story';

const roomOf = (rule: LimitName, used: string): RuleRoom => {
  const [limitUsd, usedUsd] = [dollars('1000'), dollars(used)];
  return { rule, limitUsd, usedUsd, roomUsd: subUsd(limitUsd, usedUsd), floorUsd: null };
};

const told = (warned: Record<string, number>, ...rooms: readonly RuleRoom[]) => {
  const account = accountWith('1', [], { standing: standingWith({ warned }) });
  const { account: after, events } = warnOf(account, rooms);
  const said = events.map((each) => (each.kind === 'limit_warned' ? `${each.rule} ${each.percent}` : each.kind));
  return { said: said.join(', '), warned: after.standing.warned, isSame: after === account };
};

/** Goal: 50, 80 and 95 per cent of a limit of 1,000, each told once, the highest that is new. */
test.each`
  story                          | before | used            | said               | after
  ${'below the first'}           | ${0}   | ${'499.999999'} | ${''}              | ${0}
  ${'half of it'}                | ${0}   | ${'500'}        | ${'daily_loss 50'} | ${50}
  ${'told before'}               | ${50}  | ${'799'}        | ${''}              | ${50}
  ${'80 per cent'}               | ${50}  | ${'800'}        | ${'daily_loss 80'} | ${80}
  ${'95 per cent'}               | ${80}  | ${'950'}        | ${'daily_loss 95'} | ${95}
  ${'from nothing to all of it'} | ${0}   | ${'1000'}       | ${'daily_loss 95'} | ${95}
  ${'recovered: nothing to say'} | ${95}  | ${'600'}        | ${''}              | ${95}
`('$story: $used after $before', ({ before, used, said, after }) => {
  const found = told(before === 0 ? {} : { daily_loss: before }, roomOf('daily_loss', used));
  expect([found.said, found.warned.daily_loss ?? 0]).toEqual([said, after]);
  expect(found.isSame).toBe(said === '');
});

test('each limit is warned of by itself, in the order of the rooms', () => {
  const rooms = [roomOf('daily_loss', '960'), roomOf('max_drawdown', '510'), roomOf('risk_per_trade', '100')];
  const found = told({ daily_loss: 80, other: 50 }, ...rooms);
  expect(found.said).toBe('daily_loss 95, max_drawdown 50');
  expect(found.warned).toEqual({ daily_loss: 95, max_drawdown: 50, other: 50 });
});

test('a new day forgets the warnings of the daily and the open loss, going flat those of what was open', () => {
  const warned = { daily_loss: 95, max_drawdown: 80, risk_per_trade: 50, open_loss: 80 };
  const flat = accountWith('100000', [], { standing: standingWith({ warned }) });
  expect(openDay(flat, RULES, moment('2026-03-15T00:00:00Z')).standing.warned).toEqual({
    max_drawdown: 80,
    risk_per_trade: 50,
  });
  expect(raiseAfterFill(RULES, flat).standing.warned).toEqual({ daily_loss: 95, max_drawdown: 80 });
  const openLoss = { ...flat, standing: standingWith({ warned: { open_loss: 50 } }) };
  expect(raiseAfterFill(RULES, openLoss).standing.warned).toEqual({});
  const open = { ...flat, positions: [held(BTC, '1', '60000')] };
  expect(raiseAfterFill(RULES, open)).toBe(open);
});

test('however losses come and go, each of three warnings is given at most once, rising', () => {
  const used = fc.array(fc.bigInt({ min: 0n, max: 1_200n }), { maxLength: 30 });
  fc.assert(
    fc.property(used, (path) => {
      let account = accountWith('1');
      const percents: number[] = [];
      for (const each of path) {
        const decided = warnOf(account, [{ ...roomOf('max_drawdown', '0'), usedUsd: usd(each * 1_000_000n) }]);
        for (const event of decided.events) if (event.kind === 'limit_warned') percents.push(event.percent);
        account = decided.account;
      }
      const worst = path.reduce((most, each) => (each > most ? each : most), 0n);
      expect(percents).toEqual([...new Set(percents)].sort((a, b) => a - b));
      expect(percents.at(-1)).toBe(worst >= 950n ? 95 : worst >= 800n ? 80 : worst >= 500n ? 50 : undefined);
    }),
  );
});
