import type { Mark, Room } from '../../web/lib/contract';
import type { Quote } from '../../web/lib/quotes';
import { readUsd } from '../../web/lib/read-decimal';
import { entryPrice, exitPrice, floorOf, standingOf, unrealized } from '../../web/lib/standing';
import { ACCOUNT, NO_WAYS, position, quote, rules, snapshot } from './account';

const quotesOf = (...quotes: Quote[]) => {
  const byId = new Map(quotes.map((one) => [one.instrument as string, { quote: one, seenAt: 0 }]));
  return (instrument: string) => byId.get(instrument);
};

const known = (over = {}) => ({
  snapshot: snapshot(),
  mark: undefined,
  lastEventAt: 0,
  finalUsd: undefined,
  breach: undefined,
  ...over,
});

const used = (standing: ReturnType<typeof standingOf>) =>
  Object.fromEntries(standing.rooms.map(({ rule, usedUsd }) => [rule, usedUsd]));

const ROOMS: readonly Room[] = [
  { rule: 'daily_loss', limitUsd: '500', usedUsd: '300', roomUsd: '200', floorUsd: '9500', leftUsd: '150' },
  { rule: 'max_drawdown', limitUsd: '1000', usedUsd: '300', roomUsd: '700', floorUsd: '9000', leftUsd: '650' },
  { rule: 'risk_per_trade', limitUsd: '300', usedUsd: '120', roomUsd: '180', floorUsd: null, leftUsd: '130' },
];

const KNOWN: Mark['waysOut'] = {
  ...NO_WAYS,
  positions: [{ ...NO_WAYS.all, feeUsd: '24', instrument: 'BTC-USD', breakEvenPrice: null }],
};

/** Goal: positions are worth what closing them would bring, to the same millionth as on the platform. */
test('a long is worth the bid, a short the ask', () => {
  const long = position();
  const short = position({ qty: '-0.1', costUsd: '-6000' });
  expect(exitPrice(long, quotesOf(quote()))).toBe('59900');
  expect(unrealized(long, quotesOf(quote()))).toBe(readUsd('-10'));
  expect(exitPrice(short, quotesOf(quote()))).toBe('60100');
  expect(unrealized(short, quotesOf(quote()))).toBe(readUsd('-10'));
  expect(entryPrice(short)).toBe(60_000n * 10n ** 8n);
});

test('an empty side of the book is no price, and without a price there is no equity', () => {
  expect(unrealized(position(), quotesOf(quote({ bid: null })))).toBeUndefined();
  const held = snapshot({ positions: [position()] });
  expect(standingOf(known({ snapshot: held }), rules, quotesOf()).equityUsd).toBeUndefined();
});

/** Goal: the rooms are the platform's; only what an account is worth moves them on screen until the next mark. */
describe('whose word counts', () => {
  const mark: Mark = {
    accountId: ACCOUNT,
    equityUsd: '9700',
    worstUsd: '9700',
    bestUsd: '9700',
    unpriced: [],
    inDoubt: null,
    balanceUsd: '9900',
    rooms: [...ROOMS],
    waysOut: NO_WAYS,
    deadlines: [],
    gates: [],
    at: 5_000,
  };

  test('the risk-engine’s mark, while it is as new as the last event', () => {
    const standing = standingOf(known({ mark, lastEventAt: 5_000 }), rules, quotesOf());
    expect(standing.equityUsd).toBe(readUsd('9700'));
    expect(used(standing)).toEqual({
      daily_loss: readUsd('300'),
      max_drawdown: readUsd('300'),
      risk_per_trade: readUsd('120'),
    });
    expect(floorOf(standing)).toBe('9000');
  });

  test.each`
    story                                         | testedOn     | balanceUsd | held            | daily    | total
    ${'a loss that was realized'}                 | ${'equity'}  | ${'9600'}  | ${[]}           | ${'400'} | ${'400'}
    ${'a gain uses nothing'}                      | ${'equity'}  | ${'10500'} | ${[]}           | ${'0'}   | ${'0'}
    ${'open loss counts at the price of closing'} | ${'equity'}  | ${'9985'}  | ${[position()]} | ${'25'}  | ${'25'}
    ${'but not where the balance is tested'}      | ${'balance'} | ${'9985'}  | ${[position()]} | ${'25'}  | ${'15'}
  `('after an event that the mark has not seen: $story', ({ testedOn, balanceUsd, held, daily, total }) => {
    const now = snapshot({ balanceUsd, positions: held });
    const tested = { ...rules, maxLoss: { ...rules.maxLoss, testedOn } };
    const standing = standingOf(known({ mark, snapshot: now, lastEventAt: 5_001 }), tested, quotesOf(quote()));
    expect(used(standing)).toEqual({
      daily_loss: readUsd(daily),
      max_drawdown: readUsd(total),
      risk_per_trade: readUsd('120'),
    });
  });

  test('the floor of the open loss moves with the balance, and what is used of it is what is open', () => {
    const open: Room = {
      rule: 'open_loss',
      limitUsd: '750',
      usedUsd: '0',
      roomUsd: '750',
      floorUsd: '9250',
      leftUsd: '750',
    };
    const now = snapshot({ balanceUsd: '9985', positions: [position()], rooms: [open] });
    const [room] = standingOf(known({ snapshot: now }), rules, quotesOf(quote())).rooms;
    expect([room?.usedUsd, room?.floorUsd]).toEqual([readUsd('10'), readUsd('9235')]);
    const [flat] = standingOf(known({ snapshot: { ...now, positions: [] } }), rules, quotesOf()).rooms;
    expect([flat?.usedUsd, flat?.floorUsd]).toEqual([0n, readUsd('9235')]);
  });

  test('the snapshot’s rooms before the first mark', () => {
    const standing = standingOf(known({ snapshot: snapshot({ rooms: [...ROOMS] }) }), rules, quotesOf());
    expect(used(standing).daily_loss).toBe(0n);
    expect(floorOf(standing)).toBe('9000');
    expect(floorOf(standingOf(known(), rules, quotesOf()))).toBeUndefined();
  });

  test('the verdict, once there is one, whatever prices do', () => {
    const breach = { rule: 'risk_per_trade', violationId: 'v', usedUsd: '310' };
    const standing = standingOf(known({ mark, finalUsd: '9690', breach }), rules, quotesOf(quote()));
    expect(standing.equityUsd).toBe(readUsd('9690'));
    expect(used(standing)).toEqual({
      daily_loss: readUsd('310'),
      max_drawdown: readUsd('310'),
      risk_per_trade: readUsd('310'),
    });
  });

  const left = (standing: ReturnType<typeof standingOf>) =>
    Object.fromEntries(standing.rooms.map(({ rule, leftUsd }) => [rule, leftUsd]));

  test('what is left is the platform’s word, the way out taken off, and is not cut off for who is ahead', () => {
    const ahead = { ...mark, rooms: ROOMS.map((room) => ({ ...room, leftUsd: '1510.52' })) };
    expect(left(standingOf(known({ mark: ahead, lastEventAt: 5_000 }), rules, quotesOf()))).toEqual({
      daily_loss: readUsd('1510.52'),
      max_drawdown: readUsd('1510.52'),
      risk_per_trade: readUsd('1510.52'),
    });
  });

  test.each`
    story                                              | testedOn     | balanceUsd | held                               | waysOut    | daily     | total
    ${'without a position nothing is taken off'}       | ${'equity'}  | ${'10500'} | ${[]}                              | ${NO_WAYS} | ${'1000'} | ${'1500'}
    ${'a fill costs to get out what it did to get in'} | ${'equity'}  | ${'9985'}  | ${[position()]}                    | ${NO_WAYS} | ${'460'}  | ${'960'}
    ${'or what the last mark said'}                    | ${'equity'}  | ${'9985'}  | ${[position()]}                    | ${KNOWN}   | ${'451'}  | ${'951'}
    ${'a tested balance counts no open profit'}        | ${'balance'} | ${'9985'}  | ${[position({ costUsd: '5000' })]} | ${KNOWN}   | ${'1451'} | ${'985'}
  `('until the next mark: $story', ({ testedOn, balanceUsd, held, waysOut, daily, total }) => {
    const now = snapshot({ balanceUsd, positions: held });
    const tested = { ...rules, maxLoss: { ...rules.maxLoss, testedOn } };
    const old = { ...mark, waysOut };
    const standing = standingOf(known({ mark: old, snapshot: now, lastEventAt: 5_001 }), tested, quotesOf(quote()));
    expect(left(standing)).toMatchObject({ daily_loss: readUsd(daily), max_drawdown: readUsd(total) });
  });
});
