import fc from 'fast-check';
import { balanceOf, equityOf, positionIn, withPosition } from '../../../../domain/account/account';
import { fillEntries, fundingEntries, type LedgerEntry } from '../../../../domain/account/positions/ledger';
import { formatUsd, usd } from '../../../../domain/kernel/money';
import { accountWith, BTC, dollars, ETH, held, marks, quoteOn, YES } from '../../../fixtures/domain-story';

const told = (entries: readonly LedgerEntry[]) =>
  entries.map(({ ledgerAccount, instrument, amountUsd }) =>
    [ledgerAccount, ...(instrument ? [instrument] : []), formatUsd(amountUsd)].join(' '),
  );

test('funding moves the firm’s money into cash', () => {
  expect(told(fundingEntries(dollars('100000')))).toEqual(['cash 100000.00', 'funding -100000.00']);
  expect(fundingEntries(dollars('0'))).toEqual([]);
});

/** Goal: the entries of one fill; debits are positive. */
test.each`
  story                      | cash      | realized  | fee    | entries
  ${'a purchase'}            | ${'-100'} | ${'0'}    | ${'1'} | ${['cash -101.00', 'inventory BTC-USD 100.00', 'fees BTC-USD 1.00']}
  ${'a sale with profit'}    | ${'130'}  | ${'30'}   | ${'1'} | ${['cash 129.00', 'inventory BTC-USD -100.00', 'realized_pnl BTC-USD -30.00', 'fees BTC-USD 1.00']}
  ${'a sale with loss'}      | ${'70'}   | ${'-30'}  | ${'1'} | ${['cash 69.00', 'inventory BTC-USD -100.00', 'realized_pnl BTC-USD 30.00', 'fees BTC-USD 1.00']}
  ${'a short sale, no fee'}  | ${'100'}  | ${'0'}    | ${'0'} | ${['cash 100.00', 'inventory BTC-USD -100.00']}
  ${'worth nothing, no fee'} | ${'0'}    | ${'0'}    | ${'0'} | ${[]}
  ${'shares that expired'}   | ${'0'}    | ${'-400'} | ${'0'} | ${['inventory BTC-USD -400.00', 'realized_pnl BTC-USD 400.00']}
`('$story', ({ cash, realized, fee, entries }) => {
  const posted = fillEntries({
    instrument: BTC,
    cashUsd: dollars(cash),
    realizedUsd: dollars(realized),
    feeUsd: dollars(fee),
  });
  expect(told(posted)).toEqual(entries);
});

test('the entries of any fill sum to zero, and none is empty', () => {
  const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map(usd);
  fc.assert(
    fc.property(amount, amount, amount, (cashUsd, realizedUsd, feeUsd) => {
      const entries = fillEntries({ instrument: BTC, cashUsd, realizedUsd, feeUsd });
      expect(entries.reduce((sum, entry) => sum + entry.amountUsd, 0n)).toBe(0n);
      expect(entries.filter((entry) => entry.amountUsd === 0n)).toEqual([]);
    }),
  );
});

const LONG = held(BTC, '1', '60000');
const SHORT = held(ETH, '-10', '-30000');

/** Goal: balance leaves prices out, equity counts what closing at once would bring. */
test.each`
  story                                   | cash        | positions                      | balance        | equity
  ${'no position'}                        | ${'100000'} | ${[]}                          | ${'100000.00'} | ${'100000.00'}
  ${'a long at the bid'}                  | ${'40000'}  | ${[LONG]}                      | ${'100000.00'} | ${'99000.00'}
  ${'a short at the ask'}                 | ${'130000'} | ${[SHORT]}                     | ${'100000.00'} | ${'99000.00'}
  ${'both'}                               | ${'70000'}  | ${[LONG, SHORT]}               | ${'100000.00'} | ${'98000.00'}
  ${'DL-18: shares are equity, not cash'} | ${'8468'}   | ${[held(YES, '2000', '1532')]} | ${'10000.00'}  | ${'10400.00'}
`('$story', ({ cash, positions, balance, equity }) => {
  const account = accountWith(cash, positions);
  const prices = marks(quoteOn(BTC, '59000', '61000'), quoteOn(ETH, '2900', '3100'), quoteOn(YES, '0.966', '0.97'));
  const { worstUsd, expectedUsd, bestUsd, unpriced } = equityOf(account, prices);
  expect([balanceOf(account), expectedUsd].map(formatUsd)).toEqual([balance, equity]);
  expect([worstUsd, bestUsd, unpriced]).toEqual([expectedUsd, expectedUsd, []]);
});

test('what has no price is named, whatever the others say', () => {
  const account = accountWith('70000', [LONG, SHORT]);
  expect(equityOf(account, marks(quoteOn(BTC, '59000'))).unpriced).toEqual([ETH]);
  expect(equityOf(account, marks(quoteOn(ETH, '3000'))).unpriced).toEqual([BTC]);
  expect(equityOf(account, marks()).unpriced).toEqual([BTC, ETH]);
  expect(equityOf(accountWith('5'), marks()).expectedUsd).toBe(dollars('5'));
});

test('positions stand in the order of their names, one an instrument', () => {
  const names = (all: readonly { readonly instrument: string }[]) => all.map(({ instrument }) => instrument);
  const two = withPosition(withPosition([], ETH, SHORT), BTC, LONG);
  expect(names(two)).toEqual(['BTC-USD', 'ETH-USD']);
  const changed = withPosition(two, BTC, held(BTC, '2', '1'));
  expect([names(changed), positionIn(accountWith('0', changed), BTC)?.costUsd]).toEqual([names(two), dollars('1')]);
  expect(names(withPosition(changed, BTC, undefined))).toEqual(['ETH-USD']);
  expect(names(withPosition(changed, YES, undefined))).toEqual(names(two));
  expect(positionIn(accountWith('0', changed), YES)).toBeUndefined();
});
