import type { Faults } from '../faults';

const HOUR_MS = 3_600_000;

/** The forms that a `price_change` has had: today's, one token with a list, one token with one change. */
export const SCHEMAS = ['today', 'list', 'flat'] as const;
export type Schema = (typeof SCHEMAS)[number];

type Change = { readonly asset_id: string; readonly size: string };
type PriceChange = {
  readonly market: string;
  readonly timestamp: string;
  readonly price_changes: readonly Change[];
};
type Told = { readonly market: string } & Readonly<Record<string, unknown>>;

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

type Refusal = { readonly status: number; readonly retryAfter?: string | undefined };

/** What the real venue does that its documents do not say. A test, or a hand on the control port, switches it on. */
export class Quirks {
  /** One event for each change, all with one timestamp and the best prices of after the last: how a sweep arrives. */
  isSplit = false;
  schema: Schema = 'today';
  /** The status with which REST refuses every request while this is set. */
  refusal: Refusal | undefined;
  /** Why no orders are accepted of anything. */
  rest: 'maintenance' | 'cancel only' | undefined;
  /** Markets that Gamma lists beside the simulated ones. */
  alsoListed: readonly object[] = [];
  /** Requests that REST has received. */
  asked = 0;
  /** How many of its answers came from the frozen catalogue. */
  frozenAnswers = 0;
  /** How long ago Gamma says that it changed a market last. */
  catalogueAgeMs = 0;
  private ghosts = new Set<string>();
  private frozen: Map<string, Answer> | undefined;

  constructor(private readonly faults: Faults) {}

  /** Whether the next book is to carry a hash that is not its own. */
  takeWrongHash = (): boolean => this.faults.take('checksum');

  /** As its documents say again. */
  clear(): void {
    this.isSplit = false;
    this.schema = 'today';
    this.refusal = undefined;
    this.rest = undefined;
    this.ghosts.clear();
    this.frozen = undefined;
  }

  /** REST's book of a token is the empty one of an hour ago. */
  haunt(token: string, isHaunted: boolean): void {
    if (isHaunted) this.ghosts.add(token);
    else this.ghosts.delete(token);
  }

  /** Gamma and the CLOB's market go on answering each question as they did the first time from now on. */
  freezeCatalogue(isFrozen: boolean): void {
    this.frozen = isFrozen ? new Map() : undefined;
  }

  answer({ pathname, search, searchParams }: URL, truly: () => Answer, nowMs: number): Answer {
    this.asked += 1;
    if (this.refusal) {
      const { status, retryAfter } = this.refusal;
      return { status, body: { error: 'refused' }, headers: retryAfter ? { 'retry-after': retryAfter } : {} };
    }
    const token = searchParams.get('token_id') ?? '';
    if (pathname === '/book') return this.ghosts.has(token) ? { status: 200, body: ghostOf(token, nowMs) } : truly();
    const key = `${pathname}${search}`;
    const kept = this.frozen?.get(key);
    if (kept) this.frozenAnswers += 1;
    const answer = kept ?? this.withMore(truly());
    this.frozen?.set(key, answer);
    return answer;
  }

  private withMore(answer: Answer): Answer {
    return Array.isArray(answer.body) ? { ...answer, body: [...answer.body, ...this.alsoListed] } : answer;
  }

  /** What appears is told before what goes, as one order's rest comes before the levels that it took. */
  priceChanges({ price_changes, ...event }: PriceChange): readonly Told[] {
    const typed = { event_type: 'price_change', ...event };
    const ordered = [...price_changes].sort((a, b) => Number(isGone(a)) - Number(isGone(b)));
    if (this.schema === 'flat') return ordered.map(({ asset_id, ...change }) => flat(typed, asset_id, change));
    if (this.schema === 'list') {
      return [...new Set(price_changes.map(({ asset_id }) => asset_id))].map((asset_id) => ({
        ...typed,
        asset_id,
        changes: price_changes.filter((change) => change.asset_id === asset_id).map(withoutAsset),
      }));
    }
    return this.isSplit
      ? ordered.map((change) => ({ ...typed, price_changes: [change] }))
      : [{ ...typed, price_changes }];
  }
}

const isGone = ({ size }: Change): boolean => Number(size) === 0;

/** The older forms named no best prices. */
const plain = (change: object): object =>
  Object.fromEntries(Object.entries(change).filter(([name]) => !name.startsWith('best_')));

const withoutAsset = ({ asset_id: _, ...change }: Change): object => plain(change);

const flat = (event: Told, asset_id: string, change: object): Told => ({ ...event, asset_id, ...plain(change) });

/** The empty book of an hour ago. */
export const ghostOf = (asset_id: string, nowMs: number): object => ({
  market: '0x',
  asset_id,
  timestamp: `${nowMs - HOUR_MS}`,
  hash: 'ghost',
  tick_size: '0.01',
  bids: [{ price: '0.01', size: '1000' }],
  asks: [{ price: '0.99', size: '1000' }],
});
