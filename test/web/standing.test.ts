import { readUsd } from '../../web/lib/decimal';
import type { Quote } from '../../web/lib/quotes';
import { entryPrice, exitPrice, type Mark, standingOf, unrealized } from '../../web/lib/standing';
import { ACCOUNT, position, quote, rules, snapshot } from './account';

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

test('an empty side of the book is no price', () => {
  expect(unrealized(position(), quotesOf(quote({ bid: null })))).toBeUndefined();
});

test('the estimate uses what each rule counts', () => {
  const held = snapshot({ balanceUsd: '9985', dayAnchorUsd: '10100', positions: [position()] });
  const standing = standingOf(known({ snapshot: held }), rules, quotesOf(quote()));
  expect(standing.equityUsd).toBe(readUsd('9975'));
  expect(used(standing)).toEqual({
    daily_loss: readUsd('125'),
    max_drawdown: readUsd('25'),
    risk_per_trade: readUsd('25'),
  });
});

test('without a price there is no equity, and gains use nothing of a limit', () => {
  expect(standingOf(known({ snapshot: snapshot({ positions: [position()] }) }), rules, quotesOf()).equityUsd).toBe(
    undefined,
  );
  const rich = snapshot({ balanceUsd: '10500' });
  expect(used(standingOf(known({ snapshot: rich }), rules, quotesOf()))).toEqual({
    daily_loss: 0n,
    max_drawdown: 0n,
    risk_per_trade: 0n,
  });
});

describe('whose word counts', () => {
  const mark: Mark = {
    accountId: ACCOUNT,
    equityUsd: '9700',
    balanceUsd: '9900',
    rooms: [
      { rule: 'daily_loss', limitUsd: '500', usedUsd: '300', roomUsd: '200' },
      { rule: 'risk_per_trade', limitUsd: '300', usedUsd: '120', roomUsd: '180' },
    ],
    at: 5_000,
  };

  test('the risk-engine’s mark, while it is as new as the last event', () => {
    const standing = standingOf(known({ mark, lastEventAt: 5_000 }), rules, quotesOf());
    expect(standing.equityUsd).toBe(readUsd('9700'));
    expect(used(standing).daily_loss).toBe(readUsd('300'));
  });

  test('the page’s own estimate after a fill that the mark has not seen', () => {
    expect(standingOf(known({ mark, lastEventAt: 5_001 }), rules, quotesOf()).equityUsd).toBe(readUsd('10000'));
  });

  test('the verdict, once there is one, whatever prices do', () => {
    const breach = { rule: 'risk_per_trade' as const };
    const standing = standingOf(known({ mark, finalUsd: '9690', breach }), rules, quotesOf(quote()));
    expect(standing.equityUsd).toBe(readUsd('9690'));
    expect(used(standing)).toEqual({
      daily_loss: readUsd('310'),
      max_drawdown: readUsd('310'),
      risk_per_trade: readUsd('300'),
    });
  });
});
