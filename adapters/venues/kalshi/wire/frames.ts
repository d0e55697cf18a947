import * as z from 'zod';

const whole = z.int().min(0);
const level = z.tuple([z.string(), z.string()]);
/** A side without a level has no list at all. */
const levels = z.array(level).default([]);

const SCHEMAS = {
  orderbook_snapshot: z.object({ market_ticker: z.string(), yes_dollars_fp: levels, no_dollars_fp: levels }),
  orderbook_delta: z.object({
    market_ticker: z.string(),
    price_dollars: z.string(),
    delta_fp: z.string(),
    side: z.enum(['yes', 'no']),
    ts_ms: z.number().optional(),
  }),
  trade: z
    .object({
      trade_id: z.string(),
      market_ticker: z.string(),
      yes_price_dollars: z.string(),
      count_fp: z.string(),
      taker_outcome_side: z.enum(['yes', 'no']).optional(),
      taker_side: z.enum(['yes', 'no']).optional(),
      is_block_trade: z.boolean().default(false),
      ts_ms: z.number(),
    })
    .refine((trade) => trade.taker_outcome_side ?? trade.taker_side, 'must say who took'),
  market_lifecycle_v2: z.object({
    market_ticker: z.string(),
    event_type: z.string(),
    close_ts: whole.optional(),
    result: z.string().optional(),
    settlement_value: z.string().optional(),
    is_deactivated: z.boolean().optional(),
    yes_sub_title: z.string().optional(),
    price_level_structure: z.string().optional(),
    price_ranges: z.array(z.object({ start: z.string(), end: z.string(), step: z.string() })).optional(),
    additional_metadata: z.object({ event_ticker: z.string().optional() }).optional(),
  }),
  event_fee_update: z.object({
    event_ticker: z.string(),
    fee_type_override: z.string().nullish(),
    fee_multiplier_override: z.number().nullish(),
  }),
  subscribed: z.object({ channel: z.string(), sid: whole }),
  ok: z.unknown(),
  unsubscribed: z.unknown(),
  error: z.object({ code: z.int(), msg: z.string().default(''), market_ticker: z.string().optional() }),
  /** An event was made; its markets say so themselves. */
  event_lifecycle: z.unknown(),
} as const;

type Type = keyof typeof SCHEMAS;
type Numbered = { readonly id: number | undefined; readonly sid: number | undefined; readonly seq: number | undefined };

export type MessageOf<T extends Type> = z.output<(typeof SCHEMAS)[T]>;
export type KalshiFrame =
  | { [T in Type]: Numbered & { readonly type: T; readonly msg: MessageOf<T> } }[Type]
  | (Numbered & { readonly type: 'unknown' })
  /** A message of a kind of ours and not of its shape: what it was, and the market that it names. */
  | (Numbered & { readonly type: 'lost'; readonly what: Type; readonly ticker: string | undefined });

const envelope = z.object({
  type: z.string(),
  id: whole.optional().catch(undefined),
  sid: whole.optional(),
  seq: whole.optional(),
});

/** A message of the WebSocket v2, or undefined of what is none: nobody knows then what it was about. */
export function readAnyFrame(text: string): KalshiFrame | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = envelope.safeParse(json);
  if (!read.success) return undefined;
  const { type, id, sid, seq } = read.data;
  if (!Object.hasOwn(SCHEMAS, type)) return { type: 'unknown', id, sid, seq };
  const what = type as Type;
  const { msg } = json as { readonly msg?: unknown };
  const parsed = SCHEMAS[what].safeParse(msg);
  if (!parsed.success) return { type: 'lost', what, ticker: tickerIn(msg), id, sid, seq };
  return { type: what, id, sid, seq, msg: parsed.data } as KalshiFrame;
}

function tickerIn(msg: unknown): string | undefined {
  const { market_ticker: ticker } = Object(msg) as { readonly market_ticker?: unknown };
  return typeof ticker === 'string' ? ticker : undefined;
}
