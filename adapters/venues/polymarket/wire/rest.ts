import * as z from 'zod';
import type { VenueRest } from '../../rest';
import { type BookEvent, bookEvent } from './frames';

/** Gamma writes these lists as JSON inside a string. */
const listText = z.string().transform((text, context): readonly string[] => {
  const parsed = z.array(z.string()).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'must be a JSON list of texts' });
  return z.NEVER;
});

/** A list where an odd entry costs only itself. */
const looseList = listText
  .nullish()
  .transform((list) => list ?? [])
  .catch([]);

const gammaEvent = z.object({ id: z.coerce.string(), category: z.string().nullish() });

export const gammaMarket = z.object({
  slug: z.string(),
  question: z.string(),
  conditionId: z.string(),
  outcomes: listText,
  clobTokenIds: listText,
  orderPriceMinTickSize: z.number(),
  orderMinSize: z.number(),
  active: z.boolean(),
  closed: z.boolean(),
  archived: z.boolean().default(false),
  acceptingOrders: z.boolean().default(true),
  outcomePrices: looseList,
  umaResolutionStatus: z.string().min(1).nullish().catch(undefined),
  umaResolutionStatuses: looseList,
  automaticallyResolved: z.boolean().nullish(),
  enableOrderBook: z.boolean().default(true),
  updatedAt: z.iso.datetime({ offset: true }).nullish().catch(undefined),
  category: z.string().nullish(),
  events: z.array(gammaEvent).nullish().catch(undefined),
  feesEnabled: z.boolean().default(false),
  feeType: z.string().nullish(),
  feeSchedule: z
    .object({ rate: z.number().min(0).max(1), exponent: z.number().default(1), takerOnly: z.boolean().default(true) })
    .nullish(),
});

/** What the CLOB says of how a market ended, where it was asked. */
export type ClobAnswer = {
  /** The token that it calls the winner. */
  readonly winner?: string | undefined;
  /** It says that both halves are paid. */
  readonly isSplit?: boolean;
};

export type GammaMarket = z.output<typeof gammaMarket> & ClobAnswer;

/** A market that Gamma lists in a form that cannot be read, and what is wrong with it. */
export type Unreadable = { readonly slug: string; readonly why: string };

export type GammaMarkets = { readonly markets: readonly GammaMarket[]; readonly unreadable: readonly Unreadable[] };

const clobMarket = z.object({
  closed: z.boolean(),
  is_50_50_outcome: z.boolean().default(false),
  tokens: z.array(z.object({ token_id: z.string(), winner: z.boolean() })),
});

const BUSIEST = 10;

/** The most traded open markets. */
export async function fetchBusiest(gamma: VenueRest): Promise<GammaMarkets> {
  const query = `active=true&closed=false&order=volumeNum&ascending=false&limit=${BUSIEST}`;
  return marketsOf(await gamma.json(`/markets?${query}`));
}

/**
 * The market of a slug or of a condition, open or closed: Gamma's list may leave closed ones out unless they are asked
 * for.
 */
export async function fetchMarket(
  gamma: VenueRest,
  by: { readonly slug: string } | { readonly condition_ids: string },
): Promise<GammaMarket | Unreadable | undefined> {
  const query = new URLSearchParams(by);
  const first = ({ markets, unreadable }: GammaMarkets) => markets[0] ?? unreadable[0];
  const open = first(marketsOf(await gamma.json(`/markets?${query}`)));
  return open ?? first(marketsOf(await gamma.json(`/markets?${query}&closed=true`)));
}

function marketsOf(answer: unknown): GammaMarkets {
  const markets: GammaMarket[] = [];
  const unreadable: Unreadable[] = [];
  for (const item of Array.isArray(answer) ? answer : []) {
    const market = gammaMarket.safeParse(item);
    if (market.success) markets.push(market.data);
    else unreadable.push({ slug: String((Object(item) as { slug?: unknown }).slug), why: wordsOf(market.error) });
  }
  return { markets, unreadable };
}

const wordsOf = ({ issues: [issue] }: z.ZodError): string => `${issue?.path.join('.')}: ${issue?.message}`;

/** How a closed market ended, by the CLOB's own word. */
export async function fetchAnswer(clob: VenueRest, conditionId: string): Promise<ClobAnswer> {
  const path = `/markets/${encodeURIComponent(conditionId)}`;
  const { closed, tokens, is_50_50_outcome } = clobMarket.parse(await clob.json(path));
  const winners = tokens.filter(({ winner }) => winner);
  if (!closed || winners.length > 1) return {};
  return { winner: winners[0]?.token_id, isSplit: is_50_50_outcome && winners.length === 0 };
}

/** The whole book of a token. */
export async function fetchBook(clob: VenueRest, tokenId: string): Promise<BookEvent> {
  return bookEvent.parse(await clob.json(`/book?token_id=${encodeURIComponent(tokenId)}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
