import type { AccountEvent } from '../account/account-event';
import type { OrderTicket, Side, Terms } from '../account/orders/order';
import { inTurn } from '../assessment/context/after';
import type { DecisionContext } from '../assessment/context/decision-context';
import { fillOrder } from '../assessment/matching/fill-order';
import { newOrder } from '../assessment/matching/new-order';
import { type FillId, type InstrumentId, idOf, type OrderId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { ppm, price, qty, type Usd } from '../kernel/money';
import type { Book } from '../market/book';
import type { Instrument } from '../market/instrument';

const COIN = idOf<InstrumentId>('SIM-USD');
const ONE = qty(10n ** 8n);
const DEEP = qty(10n ** 18n);
const LOWEST = price(1n);
/** A unit of 10^-8 dollars is a hundredth of the millionths that dollars are counted in. */
const PRICE_PER_USD = 100n;
const FREE = { kind: 'proportional', rate: ppm(0n) } as const;

/** A coin without fees and without steps, of which a trade is one unit: what its price moves by is the result. */
const INSTRUMENT: Instrument = {
  id: COIN,
  venue: 'kraken',
  venueSymbol: COIN,
  kind: 'spot',
  title: 'A simulated coin',
  priceTick: price(1n),
  qtyStep: qty(1n),
  qtyMin: qty(1n),
  takerFee: FREE,
  makerFee: FREE,
  status: 'open',
  payout: null,
};

const INSTRUMENTS = new Map([[COIN, INSTRUMENT]]);

/** A good book of this moment, as deep as anybody needs, with one price for both sides. */
function bookAt(costUsd: Usd, at: Instant): Book {
  const level = { price: price(costUsd * PRICE_PER_USD), qty: DEEP };
  return {
    instrument: COIN,
    venue: 'kraken',
    sequence: at,
    venueProof: '',
    venueAt: at,
    receivedAt: at,
    quality: 'good',
    bids: [level],
    asks: [level],
  };
}

/** What never changes from one decision about a simulated account to the next. */
export const simulatedMarket = () => {
  let ids = 0;
  const nextId = () => {
    ids += 1;
    return `${ids}`;
  };
  return {
    status: 'active',
    instruments: INSTRUMENTS,
    tape: new Map(),
    taken: new Map(),
    blackouts: [],
    nextFillId: () => idOf<FillId>(nextId()),
    nextOrderId: () => idOf<OrderId>(nextId()),
  } as const;
};

/** The decision context at a moment at which one unit of the coin is worth so much. */
export const contextAt = (
  parts: Pick<DecisionContext, 'rules' | 'account'> & ReturnType<typeof simulatedMarket>,
  unitUsd: Usd,
  at: Instant,
): DecisionContext => ({ ...parts, books: new Map([[COIN, bookAt(unitUsd, at)]]), at });

/** Opens a trade at the price of now, with a stop that no price reaches. */
export const openTrade = (context: DecisionContext): readonly AccountEvent[] =>
  inTurn(
    context,
    (now) => tradeOne(now, 'buy'),
    (now) => {
      const stop = orderOf(now, 'sell', { type: 'stop', stopPrice: LOWEST });
      return [{ kind: 'order_placed', order: stop }];
    },
  );

/** Closes it at the price of now; its stop ends with it. */
export const closeTrade = (context: DecisionContext): readonly AccountEvent[] => tradeOne(context, 'sell');

function tradeOne(context: DecisionContext, side: Side): readonly AccountEvent[] {
  const book = bookOf(context);
  const order = orderOf(context, side, { type: 'market' });
  const levels = [{ price: book.bids[0]?.price ?? LOWEST, qty: ONE }];
  return inTurn(
    context,
    () => [{ kind: 'order_placed', order }],
    (now) =>
      fillOrder(now, order, {
        market: { instrument: INSTRUMENT, book, isShared: false },
        levels,
        liquidity: 'taker',
      }),
  );
}

const bookOf = ({ books }: DecisionContext): Book => books.get(COIN) as Book;

function orderOf(context: DecisionContext, side: Side, terms: Terms) {
  const ticket: OrderTicket = {
    orderId: context.nextOrderId(),
    instrument: COIN,
    side,
    qty: ONE,
    terms,
    reduceOnly: side === 'sell',
    attached: null,
  };
  return newOrder(context, ticket, bookOf(context));
}
