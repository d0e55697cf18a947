import fc from 'fast-check';
import { type Account, balanceOf, equityOf } from '../../../domain/account/account';
import { marketableLevels } from '../../../domain/account/orders/liquidity';
import type { Fill, Side } from '../../../domain/account/orders/order';
import type { LedgerEntry } from '../../../domain/account/positions/ledger';
import { type Position, trade } from '../../../domain/account/positions/position';
import { type InstrumentId, idOf, type OrderId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { formatPrice, formatQty, formatUsd, price, qty, usd } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import type { Level } from '../../../domain/market/level';
import {
  accountWith,
  BTC,
  bitcoin,
  bookOf,
  ETH,
  ether,
  held,
  levelsOf,
  marks,
  NOW,
  quoteOn,
  RULES,
  rainYes,
  standingWith,
  units,
  YES,
} from '../../fixtures/domain-story';
import { filledOn } from '../decided';

const made = { fillId: idOf<Fill['fillId']>('f-1'), part: 1, liquidity: 'taker', at: NOW } as const;
const ticketOf = (side: Side, instrument: InstrumentId = BTC) => ({ orderId: idOf<OrderId>('o-1'), instrument, side });

test('FM-1: a market buy of three levels pays each at its price, and the fee on each', () => {
  const book = bookOf('', '1@100 1@101 5@103');
  const ticket = ticketOf('buy');
  const levels = marketableLevels(book, 'buy', units('3')) ?? [];
  const { fill, account, ledger } = filledOn(
    { rules: RULES, account: accountWith('100000') },
    ticket,
    { instrument: bitcoin, book },
    { ...made, levels },
  );
  expect(fill).toEqual({
    ...ticket,
    qty: units('3'),
    fillId: made.fillId,
    part: 1,
    liquidity: 'taker',
    filledAt: NOW,
    levels: levelsOf('1@100 1@101 1@103'),
    price: 10_133_333_334n,
    cashUsd: -304_000_000n,
    feeUsd: 790_400n,
    realizedUsd: 0n,
    bookSequence: 7,
    venueProof: '2439117997',
    venueAt: instant(NOW - 20),
  });
  expect([formatPrice(fill.price), formatUsd(account.cashUsd), formatUsd(balanceOf(account))]).toEqual([
    '101.33333334',
    '99695.2096',
    '99999.2096',
  ]);
  expect(account.positions).toEqual([held(BTC, '3', '304', { feesUsd: usd(790_400n) })]);
  expect(ledger.map((entry) => `${entry.ledgerAccount} ${formatUsd(entry.amountUsd)}`)).toEqual([
    'cash -304.7904',
    'inventory 304.00',
    'fees 0.7904',
  ]);
});

const filledAt = (account: Account, side: Side, book: string, instrument: Instrument = bitcoin) =>
  filledOn(
    { rules: RULES, account },
    ticketOf(side, instrument.id),
    { instrument, book: bookOf(book, book) },
    { ...made, levels: levelsOf(book) },
  );

/** Goal: the price shown is never better than the average paid, the money is exact. */
test.each`
  side      | amount          | book                                    | shown             | cash
  ${'buy'}  | ${'3'}          | ${'1@100 2@101'}                        | ${'100.66666667'} | ${'-302.00'}
  ${'sell'} | ${'3'}          | ${'1@101 2@100'}                        | ${'100.33333333'} | ${'301.00'}
  ${'buy'}  | ${'0.00000001'} | ${'0.00000001@60000.1'}                 | ${'60000.1'}      | ${'-0.000601'}
  ${'sell'} | ${'0.00000001'} | ${'0.00000001@60000.1'}                 | ${'60000.1'}      | ${'0.0006'}
  ${'buy'}  | ${'0.00000002'} | ${'0.00000001@0.00000001 0.00000001@1'} | ${'0.50000001'}   | ${'-0.000002'}
`('$side $amount of $book', ({ side, book, shown, cash }) => {
  const { fill } = filledAt(accountWith('100000'), side, book);
  expect([formatPrice(fill.price), formatUsd(fill.cashUsd)]).toEqual([shown, cash]);
});

/** Goal: how completed trades are counted, and the positions that an order opened today. */
test.each`
  story                 | positions                  | side      | amount | closed | opened | left
  ${'opening'}          | ${[]}                      | ${'buy'}  | ${'1'} | ${4}   | ${3}   | ${'1'}
  ${'adding'}           | ${[held(BTC, '1', '100')]} | ${'buy'}  | ${'1'} | ${4}   | ${2}   | ${'2'}
  ${'reducing'}         | ${[held(BTC, '2', '200')]} | ${'sell'} | ${'1'} | ${4}   | ${2}   | ${'1'}
  ${'closing'}          | ${[held(BTC, '1', '100')]} | ${'sell'} | ${'1'} | ${5}   | ${2}   | ${'-'}
  ${'going through'}    | ${[held(BTC, '1', '100')]} | ${'sell'} | ${'3'} | ${5}   | ${3}   | ${'-2'}
  ${'of another asset'} | ${[held(ETH, '1', '100')]} | ${'sell'} | ${'1'} | ${4}   | ${3}   | ${'-1'}
`('$story: $closed trades are complete, $opened opened', ({ positions, side, amount, closed, opened, left }) => {
  const before = accountWith('1000', positions, { tradesClosed: 4, standing: standingWith({ dayOpened: 2 }) });
  const { account } = filledAt(before, side, `${amount}@100`);
  const position = account.positions.find(({ instrument }) => instrument === BTC);
  expect([account.tradesClosed, position ? formatQty(position.qty) : '-']).toEqual([closed, left]);
  expect([account.standing.day.opened, account.standing.activeAt]).toEqual([opened, NOW]);
  expect([account.day, account.dayAnchorUsd]).toEqual([before.day, before.dayAnchorUsd]);
});

test('PM-1, PM-2: an outcome sold at its end realizes what it was worth', () => {
  const holder = accountWith('99600', [held(YES, '1000', '400')]);
  const won = filledAt(holder, 'sell', '1000@1', rainYes);
  const lost = filledAt(holder, 'sell', '1000@0', rainYes);
  expect([won, lost].map(({ fill }) => formatUsd(fill.realizedUsd))).toEqual(['600.00', '-400.00']);
  expect([won, lost].map(({ fill, account }) => `${formatUsd(fill.feeUsd)} ${formatUsd(balanceOf(account))}`)).toEqual([
    '0.00 100600.00',
    '0.00 99600.00',
  ]);
});

const order = fc.record({
  side: fc.constantFrom<Side>('buy', 'sell'),
  instrument: fc.constantFrom(bitcoin, ether),
  levels: fc.array(
    fc.record({
      price: fc.bigInt({ min: 1n, max: 10n ** 12n }).map(price),
      qty: fc.bigInt({ min: 1n, max: 10n ** 9n }).map(qty),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

type Given = { readonly side: Side; readonly instrument: Instrument; readonly levels: readonly Level[] };

function traded(orders: readonly Given[]) {
  let account = accountWith('1000000');
  const fills: Fill[] = [];
  const ledger: LedgerEntry[] = [];
  for (const [index, { side, instrument, levels }] of orders.entries()) {
    const ticket = { orderId: idOf<OrderId>(`o-${index}`), instrument: instrument.id, side };
    const done = filledOn({ rules: RULES, account }, ticket, { instrument, book: bookOf('', '') }, { ...made, levels });
    account = done.account;
    fills.push(done.fill);
    ledger.push(...done.ledger);
  }
  return { account, fills, ledger };
}

const orders = fc.array(order, { maxLength: 25 });
const total = (entries: readonly LedgerEntry[], name: string, instrument?: InstrumentId) =>
  entries
    .filter((entry) => entry.ledgerAccount === name && (!instrument || entry.instrument === instrument))
    .reduce((sum, entry) => sum + entry.amountUsd, 0n);

test('the account is the fold of its fills: positions, cash and count of trades', () => {
  fc.assert(
    fc.property(orders, (given) => {
      const { account, fills } = traded(given);
      let closed = 0;
      const folded = new Map<InstrumentId, Position | undefined>();
      for (const fill of fills) {
        const next = trade(folded.get(fill.instrument), fill);
        folded.set(fill.instrument, next.position);
        closed += next.closedTrade ? 1 : 0;
      }
      const positions = [...folded.values()].flatMap((position) => (position ? [position] : []));
      expect(account.positions).toEqual(positions.sort((a, b) => (a.instrument < b.instrument ? -1 : 1)));
      expect(account.tradesClosed).toBe(closed);
      const moved = fills.reduce((sum, fill) => sum + fill.cashUsd - fill.feeUsd, 0n);
      expect(account.cashUsd).toBe(10n ** 12n + moved);
    }),
  );
});

test('the books agree with the account: postings sum to zero, cash is cash, inventory is cost', () => {
  fc.assert(
    fc.property(orders, (given) => {
      const { account, fills, ledger } = traded(given);
      expect(ledger.reduce((sum, entry) => sum + entry.amountUsd, 0n)).toBe(0n);
      expect(total(ledger, 'cash')).toBe(account.cashUsd - 10n ** 12n);
      expect(total(ledger, 'fees')).toBe(fills.reduce((sum, fill) => sum + fill.feeUsd, 0n));
      expect(total(ledger, 'realized_pnl')).toBe(-fills.reduce((sum, fill) => sum + fill.realizedUsd, 0n));
      for (const instrument of [BTC, ETH]) {
        const position = account.positions.find((each) => each.instrument === instrument);
        expect(total(ledger, 'inventory', instrument)).toBe(position?.costUsd ?? 0n);
      }
    }),
  );
});

test('the balance is what was realized less fees, and equity is the balance with open profit counted', () => {
  fc.assert(
    fc.property(orders, (given) => {
      const { account, fills } = traded(given);
      const earned = fills.reduce((sum, fill) => sum + fill.realizedUsd - fill.feeUsd, 0n);
      expect(balanceOf(account)).toBe(10n ** 12n + earned);
      const prices = marks(quoteOn(BTC, '60000', '60001'), quoteOn(ETH, '3000', '3001'));
      const equity = equityOf(account, prices).expectedUsd;
      const worth = account.positions.map(({ instrument, qty: amount }) => {
        const each = instrument === BTC ? (amount > 0n ? 60_000n : 60_001n) : amount > 0n ? 3_000n : 3_001n;
        const exact = amount * each; // Eight decimals: two more than dollars have.
        return exact / 100n - (exact % 100n < 0n ? 1n : 0n);
      });
      expect(equity).toBe(worth.reduce((sum, each) => sum + each, BigInt(account.cashUsd)));
    }),
  );
});

test('nobody wins by trading at one price: a round trip costs its fees and at most a millionth a level more', () => {
  fc.assert(
    fc.property(order, fc.constantFrom<Side>('buy', 'sell'), ({ instrument, levels }, first) => {
      const second: Side = first === 'buy' ? 'sell' : 'buy';
      const { account, fills } = traded([
        { side: first, instrument, levels },
        { side: second, instrument, levels },
      ]);
      const fees = fills.reduce((sum, fill) => sum + fill.feeUsd, 0n);
      const lost = 10n ** 12n - account.cashUsd - fees;
      expect(account.positions).toEqual([]);
      expect(lost >= 0n && lost <= BigInt(levels.length)).toBe(true);
    }),
  );
});
