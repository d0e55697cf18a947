import * as z from 'zod';
import { isLevel } from './level';

const texts = z.object({ price: z.string(), size: z.string() });
const level = texts.refine(isLevel, 'must be a probability and a size');
const epochMs = z.string().regex(/^\d+$/);

/** A whole book, over the socket or from REST `/book`. */
export const bookEvent = z.object({
  asset_id: z.string(),
  bids: z.array(level),
  asks: z.array(level),
  timestamp: epochMs,
  hash: z.string().default(''),
  tick_size: z.string().optional(),
});

const change = texts
  .extend({
    asset_id: z.string(),
    side: z.enum(['BUY', 'SELL']),
    hash: z.string().default(''),
    best_bid: z.string().optional(),
    best_ask: z.string().optional(),
  })
  .refine(isLevel, 'must be a probability and a size');

const tickSizeChange = z.object({
  event_type: z.literal('tick_size_change'),
  asset_id: z.string(),
  new_tick_size: z.string(),
  timestamp: epochMs.optional(),
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
  timestamp: epochMs,
  transaction_hash: z.string().nullish(),
});

const SCHEMAS = {
  book: bookEvent.extend({ event_type: z.literal('book') }),
  tick_size_change: tickSizeChange,
  market_resolved: marketResolved,
  last_trade_price: lastTradePrice,
} as const;

export type BookEvent = z.output<typeof bookEvent>;
export type Change = z.output<typeof change>;
export type PriceChange = {
  readonly event_type: 'price_change';
  readonly timestamp: string;
  readonly price_changes: readonly Change[];
};
export type MarketResolved = z.output<typeof marketResolved>;
export type LastTrade = z.output<typeof lastTradePrice>;

/** Something was said that cannot be read: of these tokens, or of any that is followed. */
export type Lost = {
  readonly event_type: 'lost';
  /** What it was, as far as it says so. */
  readonly what: keyof typeof SCHEMAS | 'price_change' | 'frame';
  readonly assets: readonly string[] | 'all';
};

export type PolymarketEvent =
  | { [K in keyof typeof SCHEMAS]: z.output<(typeof SCHEMAS)[K]> }[keyof typeof SCHEMAS]
  | PriceChange
  | Lost;

export type Frame = {
  /** In the order of the wire. */
  readonly events: readonly PolymarketEvent[];
  /** How many of them are lost. */
  readonly dropped: number;
  /** Events of a type that we do not know. */
  readonly unknown: number;
};

/** Types that are known and say nothing to us. */
const IGNORED: readonly unknown[] = ['best_bid_ask', 'new_market'];

/** Answers in plain words: `PONG` to our ping, others to something that we should not have asked. */
const PLAIN = /^[A-Z][A-Z ]{1,40}$/;

/**
 * The market channel sends one event a frame, or an array of them after subscribing; unknown types are passed over.
 * What has a type of ours and not its shape is lost, and says whose it was as far as that can be read.
 */
export function readAnyFrame(text: string): Frame {
  if (PLAIN.test(text)) return { events: [], dropped: text === 'PONG' ? 0 : 1, unknown: 0 };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { events: [{ event_type: 'lost', what: 'frame', assets: 'all' }], dropped: 1, unknown: 0 };
  }
  const items = Array.isArray(json) ? json : [json];
  const events: PolymarketEvent[] = [];
  let [dropped, unknown] = [0, 0];
  for (const item of items) {
    for (const event of eventsOf(item)) {
      events.push(event);
      if (event.event_type === 'lost') dropped += 1;
    }
    if (isUnknown(item)) unknown += 1;
  }
  return { events, dropped, unknown };
}

type Fields = Readonly<Record<string, unknown>>;

function isUnknown(item: unknown): boolean {
  const { event_type: type } = Object(item) as Fields;
  const isOurs = typeof type === 'string' && (type === 'price_change' || Object.hasOwn(SCHEMAS, type));
  return !isOurs && !IGNORED.includes(type);
}

function eventsOf(item: unknown): readonly PolymarketEvent[] {
  if (typeof item !== 'object' || item === null) return [];
  const fields = item as Fields;
  const type = fields.event_type;
  if (type === 'price_change') return changesOf(fields);
  if (typeof type !== 'string' || !Object.hasOwn(SCHEMAS, type)) return [];
  const what = type as keyof typeof SCHEMAS;
  const parsed = SCHEMAS[what].safeParse(item);
  return [parsed.success ? parsed.data : { event_type: 'lost', what, assets: assetsOf([fields]) }];
}

/**
 * Changes are read one by one, so that a bad one costs its own token and no other. Before September 2025 an event was
 * about one token, which it named at its top, with its one change there too or with a list of `changes`.
 */
function changesOf(fields: Fields): readonly PolymarketEvent[] {
  const items = itemsOf(fields);
  const timestamp = epochMs.safeParse(fields.timestamp);
  if (!items || !timestamp.success) {
    return [{ event_type: 'lost', what: 'price_change', assets: assetsOf(items ?? [fields]) }];
  }
  const price_changes: Change[] = [];
  const bad: unknown[] = [];
  for (const item of items) {
    const read = change.safeParse(item).data;
    if (read) price_changes.push(read);
    else bad.push(item);
  }
  const events: PolymarketEvent[] = [];
  if (price_changes.length > 0) events.push({ event_type: 'price_change', timestamp: timestamp.data, price_changes });
  if (bad.length > 0) events.push({ event_type: 'lost', what: 'price_change', assets: assetsOf(bad) });
  return events;
}

function itemsOf(fields: Fields): readonly unknown[] | undefined {
  const { price_changes, changes } = fields;
  if (Array.isArray(price_changes)) return price_changes;
  if (Array.isArray(changes)) return changes.map((item: unknown) => ({ asset_id: fields.asset_id, ...Object(item) }));
  return price_changes === undefined && changes === undefined ? [fields] : undefined;
}

/** The tokens that these name; where one of them names none, it may have been any. */
function assetsOf(items: readonly unknown[]): Lost['assets'] {
  const assets = new Set<string>();
  for (const item of items) {
    const { asset_id, assets_ids } = Object(item) as Fields;
    const named = Array.isArray(assets_ids) ? assets_ids : [asset_id];
    const texts = named.filter((asset): asset is string => typeof asset === 'string' && /^\d{1,80}$/.test(asset));
    if (texts.length === 0 || texts.length < named.length) return 'all';
    for (const asset of texts) assets.add(asset);
  }
  return assets.size === 0 ? 'all' : [...assets];
}
