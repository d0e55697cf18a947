import * as z from 'zod';
import { epochMsOf } from '../reading/epoch-ms';
import type { CountedTrade } from '../tape';

/** JSON numbers lose their trailing zeros when parsed, and the checksum needs them: these fields become text first. */
const EXACT_FIELDS = /("(?:price|qty|price_increment|qty_increment|qty_min)"\s*:\s*)(-?\d[\d.eE+-]*)/g;

const level = z.object({ price: z.string(), qty: z.string() });

const bookFrame = z.object({
  channel: z.literal('book'),
  type: z.enum(['snapshot', 'update']),
  data: z
    .array(
      z.object({
        symbol: z.string(),
        bids: z.array(level).default([]),
        asks: z.array(level).default([]),
        checksum: z.int(),
        timestamp: z.string().optional(),
      }),
    )
    .min(1),
});

const tradeFrame = z.object({
  channel: z.literal('trade'),
  type: z.enum(['snapshot', 'update']),
  data: z.array(
    z.object({
      symbol: z.string(),
      side: z.enum(['buy', 'sell']),
      price: z.string(),
      qty: z.string(),
      trade_id: z.int(),
      timestamp: z.string(),
    }),
  ),
});

const pair = z.object({
  symbol: z.string(),
  status: z.string(),
  price_increment: z.string(),
  qty_increment: z.string(),
  qty_min: z.string(),
});

/** The venue lists over a thousand pairs: one of another shape must not cost us the rest. */
const readablePairs = z.array(z.unknown()).transform((items) =>
  items.flatMap((item): KrakenPair[] => {
    const parsed = pair.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  }),
);

const instrumentFrame = z.object({
  channel: z.literal('instrument'),
  type: z.enum(['snapshot', 'update']),
  data: z.object({ pairs: readablePairs }),
});

const statusFrame = z.object({
  channel: z.literal('status'),
  data: z.array(z.object({ system: z.string() })).min(1),
});

/** The answer to a request; only refusals matter, for what was granted shows itself. `gone`: no such symbol (any more). */
const answerFrame = z.object({
  method: z.string(),
  success: z.boolean(),
  error: z.string().optional(),
  symbol: z.string().optional(),
});

export type BookFrames = z.output<typeof bookFrame>;
export type TradeFrames = z.output<typeof tradeFrame>;
export type KrakenFrame =
  | BookFrames
  | TradeFrames
  | z.output<typeof instrumentFrame>
  | z.output<typeof statusFrame>
  | { readonly channel: 'refusal'; readonly error: string; readonly gone: string | undefined }
  | { readonly channel: 'heartbeat' | 'answer' | 'unknown' };

export type KrakenPair = z.output<typeof pair>;

const SCHEMAS: Readonly<Record<string, z.ZodType<KrakenFrame>>> = {
  book: bookFrame,
  trade: tradeFrame,
  instrument: instrumentFrame,
  status: statusFrame,
};

/**
 * The symbols whose books a frame that cannot be read may have changed: those that it names, none where it is about
 * something else, and any where it does not say.
 */
export function booksLost(text: string): readonly string[] | 'all' {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'all';
  }
  const { channel, data } = Object(json) as { readonly channel?: unknown; readonly data?: unknown };
  if (typeof channel === 'string' && channel !== 'book') return [];
  const symbols = (Array.isArray(data) ? data : []).map((item) => (Object(item) as { symbol?: unknown }).symbol);
  const named = symbols.filter((symbol): symbol is string => typeof symbol === 'string');
  return named.length === 0 || named.length < symbols.length ? 'all' : named;
}

/** A frame of the public feed (WebSocket v2), or undefined when it cannot be read. What is of no channel that we know is `unknown`. */
export function readAnyFrame(text: string): KrakenFrame | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(EXACT_FIELDS, '$1"$2"'));
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const channel = String((json as { readonly channel?: unknown }).channel);
  if (channel === 'heartbeat') return { channel };
  if (!Object.hasOwn(SCHEMAS, channel)) return readAnswer(json);
  const parsed = SCHEMAS[channel]?.safeParse(json);
  return parsed?.success ? parsed.data : undefined;
}

function readAnswer(json: object): KrakenFrame {
  const answer = answerFrame.safeParse(json);
  if (!answer.success) return { channel: 'unknown' };
  if (answer.data.success) return { channel: 'answer' };
  const { method, error = 'refused', symbol } = answer.data;
  const isGone = method === 'subscribe' && /not supported/i.test(error);
  return { channel: 'refusal', error: `${method}: ${error}`, gone: isGone ? symbol : undefined };
}

export type WireKrakenTrade = z.output<typeof tradeFrame>['data'][number];

export const countedOf = ({ trade_id: count, price, qty, side: taker, timestamp }: WireKrakenTrade): CountedTrade => ({
  count,
  price,
  qty,
  taker,
  venueMs: epochMsOf(timestamp),
});
