import type { Blackout } from '../../../domain/assessment/context/decision-context';
import { marksAt } from '../../../domain/assessment/context/marks';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { DAY_MS, type Instant, plusMs } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import { quoteOf } from '../../../domain/market/book';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { closeRemaining } from '../../../usecases/judging/close-remaining';
import { markAccount } from '../../../usecases/judging/mark-account';
import { loadContext } from '../../../usecases/trading/load-context';
import { limitAt, openTrading, rain } from '../../fixtures/open-trading';
import { bitcoin, dollars, NOW, rules } from '../../fixtures/stored-account';

const OTHER = idOf<InstrumentId>('ETH-USD');

const tradeAt = (receivedAt: Instant): VenueTrade => ({
  instrument: bitcoin.id,
  venue: 'kraken',
  tradeId: `${receivedAt}`,
  price: price(1n),
  qty: qty(1n),
  taker: 'buy',
  venueAt: receivedAt,
  receivedAt,
});

/** Holds an outcome, with a bid for Bitcoin that works since NOW. */
async function holding() {
  const trading = await openTrading();
  trading.quote(rain.id, '0.39', '0.40');
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '100', { instrument: rain.id });
  await trading.order('buy', '0.1', { terms: limitAt('50000') });
  const asked = { instruments: [] as InstrumentId[], tape: [] as unknown[], blackouts: 0 };
  const parts = {
    ...trading.parts,
    instruments: {
      ...trading.parts.instruments,
      find: async (ids: readonly InstrumentId[]) => {
        asked.instruments.push(...ids);
        return trading.catalogue;
      },
    },
    tape: {
      since: async (ids: readonly InstrumentId[], from: Instant) => {
        asked.tape.push([ids, from]);
        return new Map([[bitcoin.id, [NOW, plusMs(NOW, 1_000), plusMs(NOW, 5_000)].map(tradeAt)]]);
      },
    },
    blackouts: {
      current: async (): Promise<readonly Blackout[]> => {
        asked.blackouts += 1;
        return [{ instruments: null, title: 'Rates', at: NOW }];
      },
    },
  };
  return { trading, parts, asked, snapshot: await trading.snapshot() };
}

/** Goal: a decision sees all that it may look at, as of one moment, and asks for nothing more. */
test('a context is of what is held, of what works and of what is ordered', async () => {
  const { parts, asked, snapshot } = await holding();
  await loadContext(parts, snapshot, [OTHER]);
  expect([...asked.instruments].sort()).toEqual([bitcoin.id, OTHER, rain.id]);
});

test('the tape is asked for since the oldest order was placed, and where none works not at all', async () => {
  const { parts, asked, snapshot } = await holding();
  const { tape } = await loadContext(parts, snapshot, []);
  expect([asked.tape, tape.get(bitcoin.id)?.length]).toEqual([[[[bitcoin.id], NOW]], 3]);
  const idle = { ...snapshot, account: { ...snapshot.account, orders: [] } };
  expect((await loadContext(parts, idle, [])).tape).toEqual(new Map());
  expect(asked.tape).toHaveLength(1);
});

test('news is asked for where the rules know of it', async () => {
  const { parts, asked, snapshot } = await holding();
  expect((await loadContext(parts, snapshot, [])).blackouts).toEqual([]);
  expect(asked.blackouts).toBe(0);
  const news = { beforeMs: 1, afterMs: 1, bars: 'new_risk', winShare: null } as const;
  const strict = { ...snapshot, rules: { ...rules, conduct: { ...rules.conduct, news } } };
  expect((await loadContext(parts, strict, [])).blackouts).toHaveLength(1);
});

test('the context of a time that has passed knows what was seen then, and no trade of later', async () => {
  const { trading, parts, snapshot } = await holding();
  const book = trading.quote(bitcoin.id, '59000', '59001');
  const quote = quoteOf(book);
  if (!quote) throw new Error('the book is good');
  const seen = { quotes: [quote], at: plusMs(NOW, 1_000) };
  const then = await loadContext(parts, snapshot, [], seen);
  expect([then.at, then.books.get(bitcoin.id)]).toEqual([seen.at, book]);
  expect([...marksAt(then.books, then.at).values()].filter(({ bid, ask }) => bid ?? ask)).toEqual([quote]);
  expect(then.tape.get(bitcoin.id)?.map(({ receivedAt }) => receivedAt - NOW)).toEqual([0, 1_000]);
  trading.quote(bitcoin.id, '10000', '10001');
  const later = await loadContext(parts, snapshot, [], seen);
  expect(later.books.get(bitcoin.id)).toEqual(book);
  expect(later.books.get(bitcoin.id)?.bids).toHaveLength(1);
});

test('a mark of a day that has begun counts from that day, before anyone wrote it down', async () => {
  const trading = await openTrading({ riskPerTrade: null });
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '0.5');
  trading.later(DAY_MS);
  trading.quote(bitcoin.id, '59000', '59001');
  const mark = markAccount(await trading.snapshot(), trading.quotes(), trading.now(), new Map());
  expect(mark?.equityUsd).toBe(dollars(99_422));
  expect(mark?.rooms.find(({ rule }) => rule === 'daily_loss')?.floorUsd).toBe(dollars(94_922));
  const unpriced = markAccount(await trading.snapshot(), [], trading.now(), new Map());
  expect([unpriced.worstUsd, unpriced.equityUsd, unpriced.bestUsd]).toEqual([84_922, 99_922, 114_922].map(dollars));
  const known = { instrument: bitcoin.id, expectedUsd: dollars(30_000), lastPrice: null, lastAt: null };
  expect(unpriced.unpriced).toMatchObject([known]);
});

test('only what a failed account still holds is closed for it', async () => {
  const { trading, parts, snapshot } = await holding();
  await closeRemaining(parts, trading.accountId, trading.command.trace);
  expect(await trading.snapshot()).toEqual(snapshot);
});
