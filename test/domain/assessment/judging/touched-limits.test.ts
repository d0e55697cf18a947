import type { Position } from '../../../../domain/account/positions/position';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { after } from '../../../../domain/assessment/context/after';
import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { marksAt } from '../../../../domain/assessment/context/marks';
import { evidenceText, replayEvidence } from '../../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { BTC, bookOf, dollars, ETH, held, NOW, standingWith } from '../../../fixtures/domain-story';
import { play, type Setting, sceneOf } from '../../../fixtures/trading-story';

const LONG = held(BTC, '10', '100000');
const SECOND: Partial<RuleSet> = { touchMs: 1_000, riskPerTrade: null };
const begun = (rules: Partial<RuleSet>, positions: readonly Position[] = [LONG], cash = '0'): Setting => ({
  rules: { ...SECOND, ...rules },
  cash,
  positions,
});

/** `0:9999 400:9499`: judged so many milliseconds after NOW at that bid; what each judgement said and remembered. */
function judgedAt(path: string, setting: Setting): { readonly told: string; readonly context: DecisionContext } {
  let { context } = sceneOf(setting);
  const told = path.split(' ').map((word) => {
    const [ms = '0', bid = '0'] = word.split(':');
    const at = plusMs(NOW, Number(ms));
    const book = bookOf(bid === '-' ? '' : `99@${bid}`, bid === '-' ? '' : `99@${bid}`, { receivedAt: at });
    context = { ...context, at, books: new Map([[BTC, book]]) };
    const { judgement, before, after: concluded, status } = advanceAccount(context);
    const kept = [...before, ...concluded].flatMap((event) =>
      event.kind.startsWith('limit_') && 'rule' in event ? [event] : [],
    );
    context = { ...after(context, status === 'failed' ? before : [...before, ...concluded]), status };
    const touches = kept.flatMap(({ kind }) =>
      kind === 'limit_touched' ? ['touched'] : kind === 'limit_recovered' ? ['recovered'] : [],
    );
    return [...touches, judgement.verdict.kind].join(' ');
  });
  return { told: told.join(', '), context };
}

/** Goal: a limit that fails does so once it was broken at every price for so long, to the millisecond. */
test.each`
  story                                  | path                                          | rules                                                                                                                      | told
  ${'at once where no time is asked'}    | ${'0:9500'}                                   | ${{ touchMs: 0 }}                                                                                                          | ${'failed'}
  ${'touched, and a millisecond early'}  | ${'0:9500 999:9500'}                          | ${{}}                                                                                                                      | ${'touched open, open'}
  ${'and when it has stood'}             | ${'0:9500 1000:9500'}                         | ${{}}                                                                                                                      | ${'touched open, failed'}
  ${'however much deeper it went'}       | ${'0:9500 500:9300 1000:9499'}                | ${{}}                                                                                                                      | ${'touched open, open, failed'}
  ${'not if one price kept it'}          | ${'0:9500 500:9501 1000:9500'}                | ${{}}                                                                                                                      | ${'touched open, recovered open, touched open'}
  ${'then it counts anew'}               | ${'0:9500 1:9501 2:9500 1001:9500 1002:9500'} | ${{}}                                                                                                                      | ${'touched open, recovered open, touched open, open, failed'}
  ${'a price that is gone says nothing'} | ${'0:9500 500:- 1000:9500'}                   | ${{}}                                                                                                                      | ${'touched open, unpriced, failed'}
  ${'nor does it judge'}                 | ${'0:9500 1000:- 1500:9501'}                  | ${{}}                                                                                                                      | ${'touched open, unpriced, recovered open'}
  ${'a pause needs no time'}             | ${'0:9500'}                                   | ${{ dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: dollars('5000') }, severity: 'pause', gainCapUsd: null } }} | ${'open'}
`('$story', ({ path, rules, told }) => {
  expect(judgedAt(path, begun(rules)).told).toBe(told);
});

/** Goal: what no price can mend fails at once. */
test.each([
  ['a loss on closed trades alone', begun({}, [], '95000'), 'failed'],
  [
    'a balance that is tested',
    begun({ dailyLoss: null, maxLoss: { ...sceneOf().context.rules.maxLoss, testedOn: 'balance' } }, [
      { ...LONG, costUsd: dollars('90000') },
    ]),
    'failed',
  ],
  [
    'a trade that closed too far down',
    {
      ...begun({
        dailyLoss: null,
        riskPerTrade: {
          ...(sceneOf().context.rules.riskPerTrade as NonNullable<RuleSet['riskPerTrade']>),
          limitUsd: dollars('5000'),
        },
      }),
      account: { standing: standingWith({ worstTradeUsd: dollars('5000') }) },
    },
    'failed',
  ],
] as const)('%s', (_, setting, told) => {
  expect(judgedAt('0:9999', setting as Setting).told).toBe(told);
});

test('a daily loss that was touched before midnight is touched anew after it, by what the new day counts from', () => {
  const late = '43199500:9500 43200000:9500 43200499:9500';
  const { context } = judgedAt(
    late,
    begun({
      dailyLoss: {
        anchor: 'initial',
        width: { kind: 'usd', usd: dollars('5000') },
        severity: 'fail',
        gainCapUsd: null,
      },
    }),
  );
  expect(context.account.standing.touched).toEqual({ daily_loss: NOW + 43_200_000 });
});

/** Goal: while a limit is touched nobody adds risk, everybody may leave, and nobody leaves the breach behind. */
test.each`
  story                                   | account            | steps                                  | told
  ${'adding to it'}                       | ${touched(0)}      | ${'buy 1'}                             | ${'limit_broken'}
  ${'something else'}                     | ${touched(0)}      | ${'ETH book 9@100 / 9@101; ETH buy 1'} | ${'limit_broken'}
  ${'a part of it'}                       | ${touched(0)}      | ${'sell 1'}                            | ${'o1, o1 takes 1@9400'}
  ${'all of it'}                          | ${touched(0)}      | ${'close'}                             | ${'o1, o1 takes 10@9400'}
  ${'adding, before the touch is noted'}  | ${{}}              | ${'buy 1'}                             | ${'limit_broken'}
  ${'leaving, before the touch is noted'} | ${{}}              | ${'sell 1'}                            | ${'o1, o1 takes 1@9400'}
  ${'leaving once it has stood'}          | ${touched(-1_000)} | ${'sell 1'}                            | ${'limit_broken'}
  ${'or closing'}                         | ${touched(-1_000)} | ${'close'}                             | ${'limit_broken'}
  ${'though prices came back since'}      | ${touched(-1_000)} | ${'book 99@9999 / 99@10000; sell 1'}   | ${'limit_broken'}
`('$story: $steps', ({ account, steps, told }) => {
  const scene = sceneOf({ ...begun({ touchMs: 5_000 }), account });
  scene.context = {
    ...scene.context,
    books: new Map([
      [BTC, bookOf('99@9400', '99@9401')],
      [ETH, bookOf('', '')],
    ]),
  };
  expect(play(steps, {}, scene).told.at(-1)).toBe(told);
});

/** Touched so long before the verdict is due that the first step of a story comes then. */
function touched(ms: number) {
  return { standing: standingWith({ touched: { daily_loss: plusMs(NOW, ms - 3_000 + (ms < 0 ? -3_000 : 0)) } }) };
}

test('who closes while a limit is touched has realized the loss: it fails at once', () => {
  const { context } = judgedAt('0:9500', begun({}));
  const closed = play('close', {}, { ...sceneOf(), context });
  const { judgement } = advanceAccount(closed.context);
  expect(judgement.verdict).toMatchObject({
    kind: 'failed',
    broken: { rule: 'daily_loss' },
  });
});

test('the evidence says since when prices broke the limit, and decides the same again', () => {
  const { context } = judgedAt('0:9500 1000:9400', begun({}));
  const { rules, account, books, at } = context;
  const { judgement } = advanceAccount({ ...context, status: 'active' });
  const ids = { assessmentId: idOf<never>('a'), accountId: idOf<never>('b'), ruleSetVersion: 1, ruleSetHash: 'h' };
  const quotes = [...marksAt(books, at).values()];
  const text = evidenceText({ ...ids, accountVersion: 3, rules, account, quotes, at }, judgement);
  expect(JSON.parse(text).arithmetic.slice(-3)).toEqual([
    { label: 'touched at', value: '2026-03-14T12:00:00.000Z' },
    { label: 'broken at every price for, in ms', value: '1000' },
    { label: 'of', value: '1000' },
  ]);
  expect(replayEvidence(text)).toBe(text);
});
