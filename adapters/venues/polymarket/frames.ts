import * as z from 'zod';

const level = z.object({ price: z.string(), size: z.string() });

/** A whole book, over the socket or from REST `/book`. */
export const bookEvent = z.object({
  asset_id: z.string(),
  bids: z.array(level),
  asks: z.array(level),
  timestamp: z.string().regex(/^\d+$/),
  hash: z.string().default(''),
});

const priceChange = z.object({
  event_type: z.literal('price_change'),
  timestamp: z.string().regex(/^\d+$/),
  price_changes: z.array(
    level.extend({
      asset_id: z.string(),
      side: z.enum(['BUY', 'SELL']),
      hash: z.string().default(''),
      best_bid: z.string().optional(),
      best_ask: z.string().optional(),
    }),
  ),
});

const tickSizeChange = z.object({
  event_type: z.literal('tick_size_change'),
  asset_id: z.string(),
  new_tick_size: z.string(),
});

/** Names no winner where nobody won. */
const marketResolved = z.object({
  event_type: z.literal('market_resolved'),
  assets_ids: z.array(z.string()),
  winning_asset_id: z.string().nullish(),
});

const lastTradePrice = z.object({
  event_type: z.literal('last_trade_price'),
  asset_id: z.string(),
  price: z.string(),
  size: z.string(),
  side: z.enum(['BUY', 'SELL']),
  timestamp: z.string().regex(/^\d+$/),
  transaction_hash: z.string().nullish(),
});

const SCHEMAS = {
  book: bookEvent.extend({ event_type: z.literal('book') }),
  price_change: priceChange,
  tick_size_change: tickSizeChange,
  market_resolved: marketResolved,
  last_trade_price: lastTradePrice,
} as const;

export type BookEvent = z.output<typeof bookEvent>;
export type PolymarketEvent = { [K in keyof typeof SCHEMAS]: z.output<(typeof SCHEMAS)[K]> }[keyof typeof SCHEMAS];
export type MarketResolved = z.output<typeof marketResolved>;
export type LastTrade = z.output<typeof lastTradePrice>;
export type PriceChange = z.output<typeof priceChange>;

export type Frame = {
  readonly events: readonly PolymarketEvent[];
  /** Events that have a type of ours but not its shape, or a frame that is no JSON. */
  readonly dropped: number;
};

/** The market channel sends one event a frame, or an array of them after subscribing; unknown types are passed over. */
export function readFrame(text: string): Frame {
  if (text === 'PONG') return { events: [], dropped: 0 };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { events: [], dropped: 1 };
  }
  const events: PolymarketEvent[] = [];
  let dropped = 0;
  for (const item of Array.isArray(json) ? json : [json]) {
    const type = (item as { readonly event_type?: unknown } | null)?.event_type;
    if (typeof type !== 'string' || !Object.hasOwn(SCHEMAS, type)) continue;
    const parsed = SCHEMAS[type as keyof typeof SCHEMAS].safeParse(item);
    if (parsed.success) events.push(parsed.data);
    else dropped += 1;
  }
  return { events, dropped };
}
