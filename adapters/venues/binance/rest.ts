import * as z from 'zod';
import { RestRefused, VenueRest, type VenueRestParts } from '../rest';
import { SNAPSHOT_LEVELS, type Snapshot } from './book';
import { areLevels } from './frames';
import { Weights } from './weights';

const filter = z.object({
  filterType: z.string(),
  tickSize: z.string().optional(),
  stepSize: z.string().optional(),
  minQty: z.string().optional(),
});

const symbolInfo = z.object({
  symbol: z.string(),
  status: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  filters: z.array(filter),
});

const exchangeInfo = z.object({
  rateLimits: z
    .array(z.object({ rateLimitType: z.string(), interval: z.string(), intervalNum: z.int(), limit: z.int().min(1) }))
    .catch([]),
  symbols: z.array(symbolInfo).min(1),
});

const depth = z.object({
  lastUpdateId: z.int().min(0),
  bids: z.custom<Snapshot['bids']>(areLevels),
  asks: z.custom<Snapshot['asks']>(areLevels),
});

const systemStatus = z.object({ status: z.int(), msg: z.string().default('maintenance') });
const refusal = z.object({ code: z.int(), msg: z.string() });

export type BinanceSymbol = z.output<typeof symbolInfo>;

/** What a request costs; a snapshot of up to 100 levels is the cheapest. */
const WEIGHTS = { snapshot: 250, id: 5, symbol: 20, system: 1 } as const;
const INVALID_SYMBOL = -1121;
const NOT_FOUND = 404;

/** Binance's REST, within its request weight. */
export class BinanceRest {
  private readonly rest: VenueRest;
  private readonly weights: Weights;
  /** The hosts that have market data alone say nothing of the system. */
  private hasSystemStatus = true;

  constructor(base: string, { clock, onText }: Pick<VenueRestParts, 'clock' | 'onText'>) {
    this.weights = new Weights(clock);
    this.rest = new VenueRest(base, {
      clock,
      onAnswer: (headers) => this.weights.hear(headers),
      ...(onText && { onText }),
    });
  }

  snapshot = (symbol: string): Promise<Snapshot> => this.depth(symbol, SNAPSHOT_LEVELS, WEIGHTS.snapshot);

  /** The id of the last update of a symbol's book. */
  updateId = async (symbol: string): Promise<number> => (await this.depth(symbol, 1, WEIGHTS.id)).lastUpdateId;

  /** Undefined where Binance knows no such symbol. */
  async symbol(symbol: string): Promise<BinanceSymbol | undefined> {
    try {
      const answer = await this.ask(`/api/v3/exchangeInfo?symbol=${symbol}`, WEIGHTS.symbol);
      const { rateLimits, symbols } = exchangeInfo.parse(answer);
      const limit = rateLimits.find(
        ({ rateLimitType, interval, intervalNum }) =>
          rateLimitType === 'REQUEST_WEIGHT' && interval === 'MINUTE' && intervalNum === 1,
      );
      if (limit) this.weights.limitTo(limit.limit);
      return symbols.find((info) => info.symbol === symbol);
    } catch (error) {
      if (error instanceof RestRefused && codeOf(error) === INVALID_SYMBOL) return undefined;
      throw error;
    }
  }

  /** Why the whole venue trades nothing; undefined while it does. */
  async maintenance(): Promise<string | undefined> {
    if (!this.hasSystemStatus) return undefined;
    try {
      const { status, msg } = systemStatus.parse(await this.ask('/sapi/v1/system/status', WEIGHTS.system));
      return status === 0 ? undefined : `the venue is in ${msg}`;
    } catch (error) {
      if (!(error instanceof RestRefused) || error.status !== NOT_FOUND) throw error;
      this.hasSystemStatus = false;
      return undefined;
    }
  }

  private async depth(symbol: string, limit: number, weight: number): Promise<Snapshot> {
    return depth.parse(await this.ask(`/api/v3/depth?symbol=${symbol}&limit=${limit}`, weight));
  }

  private async ask(path: string, weight: number): Promise<unknown> {
    this.weights.spend(weight);
    return this.rest.json(path);
  }
}

function codeOf({ body }: RestRefused): number | undefined {
  try {
    return refusal.parse(JSON.parse(body)).code;
  } catch {
    return undefined;
  }
}
