import {
  COUNT,
  type Codec,
  EXACT_FEE,
  FLAG,
  INSTANT,
  list,
  nullable,
  optional,
  PRICE,
  QTY,
  record,
  text,
  USD,
} from '../../kernel/codec';
import type { Usd } from '../../kernel/money';
import type { Level } from '../../market/level';
import type { OrderFilled, TradePart } from '../account-event';
import type { Fill } from '../orders/order';
import { fillEntries } from '../positions/ledger';
import type { Position } from '../positions/position';
import { POSITION } from './account-codec';

/** `fillCashUsd` is what the fill itself moved, `cashUsd` what the account has after it. */
type Filled = Omit<Fill, 'cashUsd' | 'closedFor' | 'inNews'> &
  Omit<OrderFilled, 'kind' | 'fill' | 'ledger' | 'position' | 'exactFee' | 'tookLevels' | 'tookTrades'> & {
    readonly exactFee: OrderFilled['exactFee'];
    readonly fillCashUsd: Usd;
    readonly tookLevels: OrderFilled['tookLevels'] | undefined;
    readonly tookTrades: OrderFilled['tookTrades'] | undefined;
    readonly closedFor: Fill['closedFor'];
    readonly inNews: Fill['inNews'];
    readonly position: Position | null;
  };

const LEVEL: Codec<Level> = record<Level>({ price: PRICE, qty: QTY });

export const FILLED: Codec<Filled> = record<Filled>({
  fillId: text(),
  orderId: text(),
  instrument: text(),
  side: text(),
  qty: QTY,
  part: COUNT,
  liquidity: text(),
  levels: list(LEVEL),
  price: PRICE,
  fillCashUsd: USD,
  feeUsd: USD,
  realizedUsd: USD,
  filledAt: INSTANT,
  bookSequence: COUNT,
  venueProof: text(),
  venueAt: INSTANT,
  closedFor: optional(text()),
  inNews: optional(FLAG as Codec<true>),
  cashUsd: USD,
  balanceUsd: USD,
  tradesClosed: COUNT,
  position: nullable(POSITION),
  queueAhead: nullable(QTY),
  tapeSeenAt: INSTANT,
  exactFee: optional(EXACT_FEE),
  consumesBook: FLAG,
  tookLevels: optional(list(LEVEL)),
  tookTrades: optional(list(record<TradePart>({ tradeId: text(), qty: QTY }))),
});

/** The event that this data of a fill tells. */
export function orderFilledIn({ fillCashUsd, closedFor, inNews, exactFee, ...data }: Filled): OrderFilled {
  const {
    cashUsd,
    balanceUsd,
    tradesClosed,
    position,
    queueAhead,
    tapeSeenAt,
    consumesBook,
    tookLevels,
    tookTrades,
    ...traded
  } = data;
  const fill: Fill = { ...traded, cashUsd: fillCashUsd, ...(closedFor && { closedFor }), ...(inNews && { inNews }) };
  return {
    kind: 'order_filled',
    fill,
    ledger: fillEntries(fill),
    cashUsd,
    balanceUsd,
    tradesClosed,
    position: position ?? undefined,
    queueAhead,
    tapeSeenAt,
    ...(exactFee !== undefined && { exactFee }),
    consumesBook,
    ...(tookLevels && { tookLevels }),
    ...(tookTrades && { tookTrades }),
  };
}
