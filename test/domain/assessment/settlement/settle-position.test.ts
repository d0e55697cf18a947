import { type Account, balanceOf } from '../../../../domain/account/account';
import { flatStanding } from '../../../../domain/account/standing/flat-standing';
import { previewOrder } from '../../../../domain/assessment/commands/preview-order';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import { idOf } from '../../../../domain/kernel/ids';
import { formatQty, formatUsd } from '../../../../domain/kernel/money';
import type { Instrument, Payout } from '../../../../domain/market/instrument';
import {
  accountWith,
  at,
  BTC,
  dollars,
  held,
  NO,
  NOW,
  RULES,
  rainNo,
  rainYes,
  resting,
  YES,
} from '../../../fixtures/domain-story';
import { ticketOf } from '../../../fixtures/ticket-words';
import { play, type Setting, sceneOf, wordsOf } from '../../../fixtures/trading-story';
import { type Decided, decidedOn } from '../../decided';

const pays = (price: string): Payout => ({ kind: 'pays', price: at(price) });
const VOID: Payout = { kind: 'void' };
const HOLDER = accountWith('99600', [held(YES, '1000', '400', { feesUsd: dollars('4') })]);
const resolved = (payout: Payout) => ({ ...rainYes, status: 'resolved', payout }) as const;

const settled = (account: Account, instrument: Instrument, rules: RuleSet = RULES): Decided =>
  decidedOn({ rules, account }, settlePosition(account, instrument, NOW));

/** Goal: what a resolution pays for 1,000 bought at 0.40, and the entries of the books. */
test.each`
  id                            | payout         | paid         | realized     | balance        | entries
  ${'PM-1: it resolves YES'}    | ${pays('1')}   | ${'1000.00'} | ${'600.00'}  | ${'100600.00'} | ${['cash 1000.00', 'inventory -400.00', 'realized_pnl -600.00']}
  ${'PM-2: it resolves NO'}     | ${pays('0')}   | ${'0.00'}    | ${'-400.00'} | ${'99600.00'}  | ${['inventory -400.00', 'realized_pnl 400.00']}
  ${'50-50 pays half'}          | ${pays('0.5')} | ${'500.00'}  | ${'100.00'}  | ${'100100.00'} | ${['cash 500.00', 'inventory -400.00', 'realized_pnl -100.00']}
  ${'void gives back the cost'} | ${VOID}        | ${'400.00'}  | ${'0.00'}    | ${'100000.00'} | ${['cash 400.00', 'inventory -400.00']}
`('$id', ({ payout, paid, realized, balance, entries }) => {
  const { account, events } = settled(HOLDER, resolved(payout));
  const [event] = events;
  if (event?.kind !== 'position_settled') throw new Error('nothing was settled');
  const { settlement, ledger, balanceUsd } = event;
  expect([settlement.cashUsd, settlement.realizedUsd, balanceUsd].map(formatUsd)).toEqual([paid, realized, balance]);
  expect(ledger.map((entry) => `${entry.ledgerAccount} ${formatUsd(entry.amountUsd)}`)).toEqual(entries);
  expect([account.positions, balanceOf(account)]).toEqual([[], balanceUsd]);
});

test('PM-4: NO at YES 0.70 pays by its own outcome', () => {
  const holder = accountWith('99700', [held(NO, '1000', '300')]);
  const { account } = settled(holder, { ...rainNo, status: 'resolved', payout: pays('1') });
  expect(formatUsd(account.cashUsd)).toBe('100700.00');
});

test('TG-8: it completes a trade, and is neither an opened day nor activity of the trader', () => {
  const { account } = settled(HOLDER, resolved(pays('0')));
  const { standing, tradesClosed } = account;
  const { dayOpened, dayClosed, tradesCounted, worstTradeUsd, activeAt } = flatStanding(standing);
  expect({ tradesClosed, dayOpened, dayClosed, tradesCounted, worst: formatUsd(worstTradeUsd) }).toEqual({
    tradesClosed: 1,
    dayOpened: 0,
    dayClosed: 1,
    tradesCounted: 1,
    worst: '404.00',
  });
  expect(activeAt).toBe(HOLDER.standing.activeAt);
});

test('a settlement soon after the purchase does not count among the trades asked for', () => {
  const rules = { ...RULES, activity: { ...RULES.activity, tradeHeldMsMin: 1 } };
  const { account } = settled(HOLDER, resolved(pays('1')), rules);
  expect([account.tradesClosed, account.standing.trades.counted]).toEqual([1, 0]);
});

test('PM-7: the second resolution changes nothing', () => {
  const once = settled(HOLDER, resolved(pays('1')));
  const twice = settled(once.account, resolved(pays('1')));
  expect([twice.account, twice.events]).toEqual([once.account, []]);
});

test('without a payout nothing is settled', () => {
  expect(settlePosition(HOLDER, rainYes, NOW)).toEqual([]);
});

test('the orders of the instrument end, those of others do not', () => {
  const mine = resting('s1', { instrument: YES });
  const other = resting('s2', { instrument: BTC });
  const { account, events } = settled({ ...HOLDER, orders: [mine, other] }, resolved(pays('1')));
  expect(events.map(wordsOf)).toEqual(['s1 market_closed', 'PM-rain-YES settled']);
  expect(account.orders).toEqual([other]);
});

/** Goal: what a preview shows, and that the order then does just that. The bid is 100, the ask 101. */
test.each`
  order              | fill         | rests   | used         | max            | equity
  ${'1'}             | ${'1 101'}   | ${'0'}  | ${'20.00'}   | ${'99999.00'}  | ${'99999.00'}
  ${'2 limit 90'}    | ${'-'}       | ${'2'}  | ${'36.00'}   | ${'100000.00'} | ${'100000.00'}
  ${'1 sl 90'}       | ${'1 101'}   | ${'0'}  | ${'20.00'}   | ${'99999.00'}  | ${'99999.00'}
  ${'150 limit 101'} | ${'100 101'} | ${'50'} | ${'3010.00'} | ${'99900.00'}  | ${'99900.00'}
`('preview: buy $order', ({ order, fill, rests, used, max, equity }) => {
  const { context } = sceneOf();
  const preview = previewOrder(context, ticketOf(idOf('o1'), BTC, 'buy', order.split(' ')));
  if (!preview.ok) throw new Error(preview.refusal);
  const { fill: filled, restingQty, marginUsedUsd, marginMaxUsd, equityUsd, rooms, breach } = preview.value;
  expect(filled ? `${formatQty(filled.qty)} ${filled.price / 10n ** 8n}` : '-').toBe(fill);
  expect([formatQty(restingQty), ...[marginUsedUsd, marginMaxUsd, equityUsd].map(formatUsd)]).toEqual([
    rests,
    used,
    max,
    equity,
  ]);
  expect([rooms.map(({ rule }) => rule), breach]).toEqual([['daily_loss', 'max_drawdown', 'risk_per_trade'], null]);
});

test('a preview names the rule that the order would break, and refuses what the order would be refused', () => {
  const tight: Setting = { cash: '95000.5' };
  const { context } = sceneOf(tight);
  const buy = (amount: string) => previewOrder(context, ticketOf(idOf('o1'), BTC, 'buy', [amount]));
  const broken = buy('1');
  expect(broken.ok && broken.value.breach).toBe('daily_loss');
  expect(buy('101')).toMatchObject({ ok: false, refusal: 'insufficient_liquidity' });
  const unpriced = play('ETH book 9@10 / 9@11; ETH buy 1; ETH gap; buy 1', {}).context;
  expect(previewOrder(unpriced, ticketOf(idOf('o9'), BTC, 'buy', ['1']))).toMatchObject({
    refusal: 'price_unavailable',
  });
});
