import fc from 'fast-check';
import type { OrderTicket, Terms } from '../../../../domain/account/orders/order';
import { type AccountId, type InstrumentId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { type Price, parsePrice, parseQty, ppm, price, type Qty, qty } from '../../../../domain/kernel/money';
import type { Instrument } from '../../../../domain/market/instrument';
import { sha256Digest, uuidIds } from '../../../../runtime/edge';
import { judgeAccount } from '../../../../usecases/judging/judge-account';
import type { Saved } from '../../../../usecases/ports/accounts/account-store';
import { NO_TAPE } from '../../../../usecases/ports/market-data/market-data';
import { amendOrder } from '../../../../usecases/trading/amend-order';
import { closePositions } from '../../../../usecases/trading/close-positions';
import { placeOrder } from '../../../../usecases/trading/place-order';
import { heldAtOnce } from '../../../fakes/held-books';
import { MemoryTaken } from '../../../fakes/memory-taken';
import { changeTo, from, marketFill } from '../../../fixtures/changed-account';
import {
  bitcoin,
  bookAt,
  dollars,
  marketTicket,
  NOW,
  newAssessment,
  rules as storyRules,
  trace,
} from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS, type Stores } from '../stores';

const priceOf = (text: string): Price => parsePrice(text) ?? price(0n);
const qtyOf = (text: string): Qty => parseQty(text) ?? qty(0n);

const CHEAP = idOf<InstrumentId>('CHEAP-USD');
const DEAR = idOf<InstrumentId>('DEAR-USD');

/**
 * A coin of which two hundred billion units are a fortune of two hundred thousand dollars, and one of which a unit
 * is.
 */
const cheap: Instrument = {
  ...bitcoin,
  id: CHEAP,
  priceTick: price(1n),
  qtyStep: qtyOf('1'),
  qtyMin: qtyOf('1'),
};
const dear: Instrument = { ...bitcoin, id: DEAR, priceTick: price(1n), qtyStep: qty(1n), qtyMin: qty(1n) };
const CATALOGUE = new Map([cheap, dear].map((each) => [each.id, each]));

const bookOf = (instrument: Instrument, each: string) => ({
  ...bookAt(NOW),
  instrument: instrument.id,
  bids: [{ price: priceOf(each), qty: qtyOf('900000000000000') }],
  asks: [{ price: price(priceOf(each) + 1n), qty: qtyOf('900000000000000') }],
});
const BOOKS = new Map([
  [CHEAP, bookOf(cheap, '0.00000101')],
  [DEAR, bookOf(dear, '123456')],
]);

const WIDE = { kind: 'usd', usd: dollars(1_000_000_000) } as const;
const rules = {
  ...storyRules,
  startingUsd: dollars(100_000_000),
  target: null,
  maxLoss: { ...storyRules.maxLoss, width: WIDE },
  dailyLoss: null,
  riskPerTrade: null,
  exposure: { ...storyRules.exposure, leverageMax: ppm(100_000_000n) },
};

const quantities = fc.oneof(
  fc.constantFrom('1', '90000000000', '90000000001', '200000000000', '999999999999999', '45000000000'),
  fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }).map(String),
);
const prices = fc.constantFrom(
  '0.00000001',
  '0.00000101',
  '1',
  '123456',
  '1000000000',
  '1000000001',
  '999999999999999',
);
const amounts = quantities.map(qtyOf);
const figures = prices.map(priceOf);

const terms: fc.Arbitrary<Terms> = fc.oneof(
  fc.constant<Terms>({ type: 'market' }),
  figures.map((limitPrice): Terms => ({ type: 'limit', limitPrice, timeInForce: { kind: 'gtc' } })),
  figures.map((stopPrice): Terms => ({ type: 'stop', stopPrice })),
  fc.tuple(figures, figures).map(([stopPrice, limitPrice]): Terms => ({ type: 'stop_limit', stopPrice, limitPrice })),
  figures.map((distance): Terms => ({ type: 'trailing_stop', trail: { kind: 'price', price: distance } })),
);

const tickets = fc.record({
  instrument: fc.constantFrom(CHEAP, DEAR),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  qty: amounts,
  terms,
  reduceOnly: fc.boolean(),
  attached: fc.option(fc.record({ takeProfit: fc.option(figures), stopLoss: fc.option(figures) })),
});

/**
 * Goal: whatever number a client sends, it is refused by name or what it did is kept; a save never meets what does
 * not fit.
 */
describe.each(IMPLEMENTATIONS)('extreme orders %s', (where, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const opened = async () => {
    const { given, inbox } = newAssessment({ cashUsd: rules.startingUsd, dayAnchorUsd: rules.startingUsd });
    await stores.assessments.create({ ...given, pinned: { ...given.pinned, rules } }, inbox);
    return given;
  };

  const tradingWith = (saved: Saved[]) => {
    const parts = {
      accounts: {
        ...stores.accounts,
        save: async (...asked: Parameters<typeof stores.accounts.save>) => {
          const answer = await stores.accounts.save(...asked);
          saved.push(answer);
          return answer;
        },
      },
      books: heldAtOnce(async () => BOOKS),
      instruments: { find: async () => CATALOGUE, list: async () => [...CATALOGUE.values()] },
      tape: NO_TAPE,
      taken: new MemoryTaken(() => NOW),
      blackouts: { current: async () => [] },
      clock: { now: () => NOW },
      ids: uuidIds,
      digest: sha256Digest,
    };
    return { ...parts, judge: judgeAccount(parts), judgePast: async () => 'present' as const };
  };

  test('an order, its change, and closing it all', async () => {
    let kept = 0;
    const refused = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(tickets, { minLength: 1, maxLength: 4 }),
        amounts,
        figures,
        async (asked, more, limit) => {
          const saved: Saved[] = [];
          const trading = tradingWith(saved);
          const { accountId, userId } = await opened();
          const command = { accountId, userId, trace };
          for (const each of asked) {
            const ticket: OrderTicket = { ...each, orderId: uuidIds.next<OrderId>() };
            const { orderId } = ticket;
            const placed = await placeOrder(trading)({ ...command, ticket });
            if (!placed.ok) refused.add(placed.refusal);
            for (const change of [{ qty: more }, { limitPrice: limit }, { qty: more, limitPrice: limit }]) {
              const amended = await amendOrder(trading)({ ...command, orderId, change });
              if (!amended.ok) refused.add(amended.refusal);
            }
          }
          await closePositions(trading)(command);
          expect(saved).not.toContain('out_of_range');
          kept += saved.length;
          expect(await stores.accounts.load(accountId)).toBeDefined();
        },
      ),
      // Each run draws these orders: that some are kept and some refused is part of the test.
      { seed: 271_828, numRuns: where === 'in memory' ? 400 : 60 },
    );
    expect(kept).toBeGreaterThan(0);
    expect([...refused]).toEqual(expect.arrayContaining(['quantity_too_large', 'price_out_of_range']));
  });

  const fill = async (accountId: AccountId, amount: bigint) => {
    const snapshot = await stores.accounts.load(accountId);
    if (!snapshot) throw new Error('opened above');
    const step = marketFill(from(snapshot), marketTicket('buy', amount));
    return stores.accounts.save(snapshot, changeTo(snapshot, step));
  };

  test.each([
    ['a quantity of nine bytes', 2n ** 63n],
    ['a cost of nine bytes', 10n ** 18n],
  ])('%s is never kept, and said to be so; nothing of it is there', async (_, amount) => {
    const { accountId } = await opened();
    expect(await fill(accountId, amount)).toBe('out_of_range');
    const left = await stores.accounts.load(accountId);
    expect([left?.version, left?.account.positions]).toEqual([1, []]);
    expect(await fill(accountId, 10n ** 8n)).toBe('saved');
  });

  test('what the database would refuse is refused to its sender, once', async () => {
    const { accountId, userId } = await opened();
    let tries = 0;
    const saved: Saved[] = [];
    const trading = tradingWith(saved);
    const accounts = {
      ...trading.accounts,
      save: async () => {
        tries += 1;
        return 'out_of_range' as const;
      },
    };
    const ticket: OrderTicket = {
      ...marketTicket('buy', 10n ** 8n),
      instrument: DEAR,
      orderId: uuidIds.next<OrderId>(),
    };
    const answer = await placeOrder({ ...trading, accounts })({ accountId, userId, trace, ticket });
    expect(answer).toMatchObject({ ok: false, refusal: 'quantity_too_large' });
    expect(tries).toBe(1);
  });
});
