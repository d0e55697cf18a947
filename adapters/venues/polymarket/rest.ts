import * as z from 'zod';
import { type BookEvent, bookEvent } from './frames';

/** Gamma writes these lists as JSON inside a string. */
const listText = z.string().transform((text, context): readonly string[] => {
  const parsed = z.array(z.string()).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'must be a JSON list of texts' });
  return z.NEVER;
});

/** The same where an odd one costs only itself. */
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
  category: z.string().nullish(),
  events: z.array(gammaEvent).nullish().catch(undefined),
  feesEnabled: z.boolean().default(false),
  feeSchedule: z
    .object({ rate: z.number().min(0).max(1), exponent: z.number().default(1), takerOnly: z.boolean().default(true) })
    .nullish(),
});

export type GammaMarket = z.output<typeof gammaMarket> & {
  /** The token that the CLOB calls the winner, where it was asked. */
  readonly winner?: string | undefined;
};

const clobMarket = z.object({
  closed: z.boolean(),
  tokens: z.array(z.object({ token_id: z.string(), winner: z.boolean() })),
});

const TIMEOUT_MS = 5_000;
const BUSIEST = 10;

/** The most traded open markets; those of another shape are left out. */
export async function fetchBusiest(gammaUrl: string): Promise<readonly GammaMarket[]> {
  const query = `active=true&closed=false&order=volumeNum&ascending=false&limit=${BUSIEST}`;
  return marketsOf(await getJson(`${gammaUrl}/markets?${query}`));
}

/**
 * The market of a slug or of a condition, open or closed: Gamma's list may leave closed ones out unless they are asked
 * for.
 */
export async function fetchMarket(
  gammaUrl: string,
  by: { readonly slug: string } | { readonly condition_ids: string },
): Promise<GammaMarket | undefined> {
  const query = new URLSearchParams(by);
  const [market] = marketsOf(await getJson(`${gammaUrl}/markets?${query}`));
  return market ?? marketsOf(await getJson(`${gammaUrl}/markets?${query}&closed=true`))[0];
}

const marketsOf = (answer: unknown): readonly GammaMarket[] =>
  (Array.isArray(answer) ? answer : []).flatMap((item) => {
    const market = gammaMarket.safeParse(item);
    return market.success ? [market.data] : [];
  });

/** The one winning token of a closed market, by the CLOB's own word. */
export async function fetchWinner(clobUrl: string, conditionId: string): Promise<string | undefined> {
  const { closed, tokens } = clobMarket.parse(await getJson(`${clobUrl}/markets/${encodeURIComponent(conditionId)}`));
  const winners = tokens.filter(({ winner }) => winner);
  return closed && winners.length === 1 ? winners[0]?.token_id : undefined;
}

/** The whole book of a token. */
export async function fetchBook(clobUrl: string, tokenId: string): Promise<BookEvent> {
  return bookEvent.parse(await getJson(`${clobUrl}/book?token_id=${encodeURIComponent(tokenId)}`));
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
