import type { Account } from '../../../../domain/account/account';
import type { AccountEvent } from '../../../../domain/account/account-event';
import { type AdvancedAccount, advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { after } from '../../../../domain/assessment/context/after';
import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf, type OrderId } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatQty, ppm } from '../../../../domain/kernel/money';
import {
  accountWith,
  at,
  BTC,
  bookOf,
  dollars,
  ETH,
  held,
  moment,
  NOW,
  RULES,
  resting,
  standingWith,
  units,
} from '../../../fixtures/domain-story';
import { type Setting, sceneOf } from '../../../fixtures/trading-story';
import { dailyLossOf, maxLossOf } from '../rule-sets';
import { verdictOf } from '../walk';

/** A desk that holds 1 BTC at a cost of 60,000, on a deep book around this bid. */
const deskAt = (bid: string, setting: Setting = {}, change: Partial<DecisionContext> = {}): DecisionContext => {
  const held1 = accountWith('40000', [held(BTC, '1', '60000')]);
  return {
    ...sceneOf({ account: held1, cash: '40000', ...setting }).context,
    books: new Map([[BTC, bookOf(`9@${bid}`, '9@99999')]]),
    ...change,
  };
};

type Found = AdvancedAccount & {
  /** The account as it was judged, and as it was left. */
  readonly judged: Account;
  readonly left: Account;
};

const advanced = (context: DecisionContext): Found => {
  let n = 0;
  const found = advanceAccount({ ...context, nextOrderId: () => idOf<OrderId>(`desk-${++n}`) });
  const judged = after(context, found.before);
  return { ...found, judged: judged.account, left: after(judged, found.after).account };
};

const sayingOf = (event: AccountEvent): string => {
  switch (event.kind) {
    case 'order_filled':
      return `filled ${event.fill.side} ${formatQty(event.fill.qty)}`;
    case 'order_cancelled':
      return `cancelled ${event.order.orderId} ${event.order.cancelReason}`;
    case 'limit_warned':
      return `warned ${event.rule} ${event.percent}`;
    default:
      return event.kind;
  }
};

const told = ({ before, judgement, after, status }: AdvancedAccount): string =>
  [...before.map(sayingOf), `[${verdictOf(judgement)}]`, ...after.map(sayingOf), status].join(', ');

/** What the desk closed, and why. */
const reasonsOf = ({ before, after }: AdvancedAccount): string =>
  [...before, ...after]
    .flatMap((event) => (event.kind === 'order_filled' ? [`${event.fill.closedFor}`] : []))
    .join(', ');

const rulesWith = (rules: RuleSet): Setting => ({ rules });
const INTRADAY = maxLossOf('trailing_intraday', '9000', { trails: 'equity' });
const PAUSE = dailyLossOf('balance', '3000', { severity: 'pause' });
const CLOSE = dailyLossOf('balance', '3000', { severity: 'close' });
const OPEN_LOSS: RuleSet = {
  ...maxLossOf('static', '9000'),
  openLoss: { share: ppm(300_000n), severity: 'close' },
};
const AT_TARGET: RuleSet = {
  ...maxLossOf('static', '50000'),
  target: { profitUsd: dollars('1000'), counts: 'realized_flat', closesAll: true },
};
const FLAT_WEEKEND: RuleSet = { ...maxLossOf('static', '50000'), conduct: { ...RULES.conduct, weekend: 'flat' } };
const CAPPED_WEEKEND: RuleSet = {
  ...dailyLossOf('balance', '3000', { severity: 'close', gainCapUsd: dollars('3000') }),
  conduct: FLAT_WEEKEND.conduct,
};
const EQUITY_TARGET: RuleSet = {
  ...AT_TARGET,
  target: { profitUsd: dollars('1000'), counts: 'equity', closesAll: false },
};

/** Goal: what one visit does, in its order; the judgement stands in brackets where it falls. */
test.each`
  story                                             | rules             | bid        | says
  ${'nothing to do'}                                | ${RULES}          | ${'60000'} | ${'[open], active'}
  ${'half a limit is used'}                         | ${RULES}          | ${'57500'} | ${'[open], warned daily_loss 50, active'}
  ${'a new peak is remembered after the test'}      | ${INTRADAY}       | ${'70000'} | ${'[open], high_water_raised, active'}
  ${'§3.6: a breach closes everything after it'}    | ${RULES}          | ${'55000'} | ${'[failed daily_loss], order_placed, filled sell 1, failed'}
  ${'DL-16: a pause'}                               | ${PAUSE}          | ${'57000'} | ${'trading_paused, [open], warned daily_loss 95, active'}
  ${'DL-16: a pause that closes'}                   | ${CLOSE}          | ${'57000'} | ${'trading_paused, order_placed, filled sell 1, [open], warned daily_loss 95, active'}
  ${'a loss that is open, closed without a pause'}  | ${OPEN_LOSS}      | ${'57300'} | ${'order_placed, filled sell 1, [open], active'}
  ${'and warned of before'}                         | ${OPEN_LOSS}      | ${'57840'} | ${'[open], warned open_loss 80, active'}
  ${'the target closes, and what it closed passes'} | ${AT_TARGET}      | ${'61000'} | ${'order_placed, filled sell 1, [passed], passed'}
  ${'a weekend without positions'}                  | ${FLAT_WEEKEND}   | ${'60000'} | ${'order_placed, filled sell 1, [open], active'}
  ${'what is closed reaches the cap of a day'}      | ${CAPPED_WEEKEND} | ${'64000'} | ${'order_placed, filled sell 1, trading_paused, [open], active'}
  ${'a pass on equity leaves nothing open either'}  | ${EQUITY_TARGET}  | ${'61000'} | ${'[passed], order_placed, filled sell 1, passed'}
`('$story', ({ rules, bid, says }) => {
  expect(told(advanced(deskAt(bid, rulesWith(rules))))).toBe(says);
});

test('§3.6: a breach cancels what works, then closes; the account of the verdict keeps its positions', () => {
  const account = accountWith('40000', [held(BTC, '1', '60000')], { orders: [resting('o-1'), resting('o-2')] });
  const found = advanced(deskAt('55000', { account }));
  expect(told(found)).toBe(
    '[failed daily_loss], cancelled o-1 assessment_ended, cancelled o-2 assessment_ended, order_placed, filled sell 1, failed',
  );
  expect([found.judged.positions.length, found.left.positions.length]).toEqual([1, 0]);
  expect(found.left.orders).toEqual([]);
});

test('a pause that closes, brought by a closing, takes nothing of the same book again', () => {
  const books = new Map([[BTC, bookOf('0.5@67000', '9@99999')]]);
  const found = advanced(deskAt('67000', rulesWith(CAPPED_WEEKEND), { books }));
  expect(told(found)).toContain('order_placed, filled sell 0.5, trading_paused, [paused]');
  expect(found.left.positions.map(({ qty }) => formatQty(qty))).toEqual(['0.5']);
});

test('a pause cancels what could add risk and leaves what protects', () => {
  const buy = { type: 'limit', limitPrice: at('1000'), timeInForce: { kind: 'gtc' } } as const;
  const orders = [
    resting('protects', { qty: units('2') }),
    resting('exit', { reduceOnly: false }),
    resting('half', { reduceOnly: false, qty: units('1.5'), filledQty: units('0.5') }),
    resting('reverses', { reduceOnly: false, qty: units('1.5') }),
    resting('elsewhere', { reduceOnly: false, qty: units('0.5'), instrument: ETH }),
    resting('adds', { side: 'buy', reduceOnly: false, terms: buy }),
  ];
  const account = accountWith('40000', [held(BTC, '1', '60000')], { orders });
  const found = advanced(deskAt('57000', { ...rulesWith(PAUSE), account }));
  expect(told(found)).toContain(
    'trading_paused, cancelled reverses trading_paused, cancelled elsewhere trading_paused, cancelled adds trading_paused, [open]',
  );
  expect(found.left.orders.map(({ orderId }) => orderId)).toEqual(['protects', 'exit', 'half']);
  expect(found.left.standing.day.isPaused).toBe(true);
  expect(found.before[0]).toEqual({ kind: 'trading_paused', rule: 'daily_loss' });
});

test('a pause leaves what closes a short', () => {
  const orders = [resting('covers', { side: 'buy', reduceOnly: false }), resting('adds', { reduceOnly: false })];
  const account = accountWith('160000', [held(BTC, '-1', '-60000')], { orders });
  const found = advanced(
    deskAt('0', { ...rulesWith(PAUSE), account }, { books: new Map([[BTC, bookOf('9@62999', '9@63000')]]) }),
  );
  expect(told(found)).toContain('trading_paused, cancelled adds trading_paused, [open]');
  expect(found.left.orders.map(({ orderId }) => orderId)).toEqual(['covers']);
});

test('a new day that finds a higher equity raises an end-of-day mark, and says so', () => {
  const account = accountWith('44000', [held(BTC, '1', '60000')], { day: '2026-03-13' });
  const rules = maxLossOf('trailing_eod', '9000', { trails: 'equity' });
  expect(told(advanced(deskAt('61000', { rules, account })))).toBe('day_opened, high_water_raised, [open], active');
  const level = { ...account, standing: standingWith({ highWaterUsd: dollars('105000') }) };
  expect(told(advanced(deskAt('61000', { rules, account: level })))).toBe('day_opened, [open], active');
});

test('DL-16: a pause is told once and lifted with the next day; the assessment stays active', () => {
  const first = advanced(deskAt('57000', rulesWith(PAUSE)));
  const again = advanced(deskAt('56900', { ...rulesWith(PAUSE), account: first.left }));
  expect(told(again)).toBe('[open], active');
  const tomorrow = {
    at: moment('2026-03-15T00:00:00Z'),
    books: new Map([[BTC, { ...bookOf('9@60000', '9@99999'), receivedAt: moment('2026-03-15T00:00:00Z') }]]),
  };
  const next = advanced(deskAt('60000', { ...rulesWith(PAUSE), account: first.left }, tomorrow));
  expect(told(next)).toBe('day_opened, [open], active');
  expect(next.left.standing.day.isPaused).toBe(false);
});

test('DL-4: the boundary itself fails an account, after the day has opened', () => {
  const account = accountWith('44000', [held(BTC, '1', '60000')], {
    day: '2026-03-13',
    standing: standingWith({ dayBalanceUsd: dollars('100000') }),
  });
  const found = advanced(deskAt('55000', { ...rulesWith(dailyLossOf('balance', '5000')), account }));
  expect(told(found)).toBe('day_opened, [failed daily_loss], order_placed, filled sell 1, failed');
  expect(found.judged.dayAnchorUsd).toBe(dollars('104000'));
});

test('a stop that is reached fills before the judgement, so that its loss is in it', () => {
  const account = accountWith('40000', [held(BTC, '1', '60000')], {
    orders: [resting('s', { terms: { type: 'stop', stopPrice: at('58000') } })],
  });
  const now = plusMs(NOW, 1);
  const book = { ...bookOf('9@55000', '9@99999'), sequence: 8, venueAt: now, receivedAt: now };
  const found = advanced(deskAt('0', { account }, { books: new Map([[BTC, book]]), at: now }));
  expect(told(found)).toContain('filled sell 1, [failed daily_loss]');
  expect(found.judged.positions).toEqual([]);
});

test('without a fresh price no peak is remembered and nothing is closed; what is broken at the best of it fails', () => {
  const late = { at: plusMs(NOW, 10_001) };
  const higher = advanced(deskAt('69000', rulesWith(INTRADAY), late));
  expect(told(higher)).toBe('[open], active');
  expect(higher.left).toBe(higher.judged);
  const broken = advanced(deskAt('1', rulesWith(INTRADAY), late));
  expect(told(broken)).toBe('[failed max_drawdown], failed');
  expect(broken.left.positions).toEqual(broken.judged.positions);
});

/** Goal: a mark remembers the latest of the prices that made it, in whatever order the positions stand. */
test.each`
  story                | bitcoinAge | etherAge | age
  ${'the first'}       | ${100}     | ${900}   | ${100}
  ${'the second'}      | ${900}     | ${100}   | ${100}
  ${'a far older one'} | ${100}     | ${5_000} | ${100}
`('a new peak is of the moment of its latest price: $story', ({ bitcoinAge, etherAge, age }) => {
  const account = accountWith('37000', [held(BTC, '1', '60000'), held(ETH, '1', '3000')], {
    standing: standingWith({ activeAt: plusMs(NOW, -60_000) }),
  });
  const books = new Map([
    [BTC, bookOf('9@70000', '9@99999', { receivedAt: plusMs(NOW, -bitcoinAge) })],
    [ETH, bookOf('9@3000', '9@99999', { instrument: ETH, receivedAt: plusMs(NOW, -etherAge) })],
  ]);
  const found = advanced(deskAt('0', { ...rulesWith(INTRADAY), account }, { books }));
  expect(found.left.standing.peaks.at).toBe(plusMs(NOW, -age));
});

test('a peak without a position is of the moment of the last fill', () => {
  const activeAt = plusMs(NOW, -60_000);
  const account = accountWith('101000', [], { standing: standingWith({ activeAt }) });
  const found = advanced(deskAt('0', { ...rulesWith(INTRADAY), account }, { books: new Map() }));
  expect(found.left.standing.peaks).toMatchObject({ at: activeAt, highWaterUsd: dollars('101000') });
});

test('what has no book to close on stays open and is closed on a later visit', () => {
  const thin = { books: new Map([[BTC, bookOf('0.4@57000', '9@99999')]]) };
  const first = advanced(deskAt('0', rulesWith(CLOSE), thin));
  expect(told(first)).toContain('trading_paused, order_placed, filled sell 0.4, [paused]');
  const second = advanced(deskAt('57000', { ...rulesWith(CLOSE), account: first.left }));
  expect(told(second)).toBe('order_placed, filled sell 0.6, [open], active');
});

test.each(['passed', 'failed'] as const)(
  '§3.6: an assessment that has %s is left as it is, whatever comes',
  (status) => {
    const context = deskAt('1', { status });
    const found = advanced(context);
    expect([found.before, found.after, found.status]).toEqual([[], [], status]);
    expect(found.left).toBe(context.account);
  },
);

const NO_STOP: RuleSet = {
  ...maxLossOf('static', '50000'),
  riskPerTrade: {
    limitUsd: dollars('50000'),
    severity: 'fail',
    stopWithinMs: 5_000,
    stopSeverity: 'close',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
};

/** Goal: whatever the desk closes by itself, its fill says why. */
test.each`
  story                       | rules                          | bid        | after    | reasons
  ${'a stop that is missing'} | ${NO_STOP}                     | ${'60000'} | ${5_000} | ${'stop_missing'}
  ${'not before it is due'}   | ${NO_STOP}                     | ${'60000'} | ${4_999} | ${''}
  ${'too large an open loss'} | ${OPEN_LOSS}                   | ${'57300'} | ${0}     | ${'open_loss'}
  ${'the target'}             | ${AT_TARGET}                   | ${'61000'} | ${0}     | ${'target'}
  ${'a daily loss'}           | ${CLOSE}                       | ${'57000'} | ${0}     | ${'daily_loss'}
  ${'the end of it'}          | ${maxLossOf('static', '3000')} | ${'57000'} | ${0}     | ${'assessment_ended'}
`('$story: $reasons', ({ rules, bid, after, reasons }) => {
  expect(reasonsOf(advanced(deskAt(bid, rulesWith(rules), { at: plusMs(NOW, after) })))).toBe(reasons);
});

test('before a weekend as well', () => {
  const at = moment('2026-03-14T00:00:00Z');
  const context = deskAt('60000', rulesWith(FLAT_WEEKEND), { at });
  expect(reasonsOf(advanced(context))).toBe('weekend');
});
