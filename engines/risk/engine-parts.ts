import type { Envelope } from '../../contracts/topics/envelope';
import type { Judgement } from '../../domain/assessment/judging/judgement';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import { inPages } from '../../usecases/events/pagination';
import type { Judged } from '../../usecases/judging/judge-account';
import type { ObservedPrices } from '../../usecases/judging/observed-prices';
import type { SettleOutcome } from '../../usecases/judging/settle-outcome';
import type { AccountSnapshot, Fence, OpenAccounts } from '../../usecases/ports/accounts/account-store';
import type { Trace } from '../../usecases/ports/clock-and-ids';
import type { InstrumentSource } from '../../usecases/ports/market-data/market-data';
import type { Moment } from './catch-up';
import type { RiskMetrics } from './metrics';
import type { TradeTape } from './trade-tape';

/** What an engine asks of the outside. */
export type EngineParts = {
  readonly judge: (id: AccountId, trace: Trace, seen: ObservedPrices) => Promise<Judged>;
  /**
   * Judges an account at what was told since its last change, where this engine has not heard all of that yet; with
   * the right of `fence`.
   */
  readonly judgePast: (snapshot: AccountSnapshot, trace: Trace, fence: Fence) => Promise<unknown>;
  readonly settle: (command: SettleOutcome) => Promise<'settled' | 'unchanged' | 'unknown' | 'busy'>;
  /** Accounts of any status that hold the instrument or were paid for it. */
  readonly accountsIn: (
    instrument: InstrumentId,
    after: AccountId | undefined,
    limit: number,
  ) => Promise<readonly AccountId[]>;
  readonly instruments: Pick<InstrumentSource, 'find' | 'list'>;
  readonly openAccounts: OpenAccounts;
  /** The venues' trades, which the judge reads as well. */
  readonly tape: TradeTape;
  /** The lease of the shard by which this engine writes. */
  readonly fence: Fence;
  readonly isMine: (id: AccountId) => boolean;
  readonly now: () => Instant;
  readonly newTrace: () => Trace;
  readonly staleAfterMs: number;
  /** Takes the place of timers in a simulation. */
  readonly later?: (ms: number, call: () => void) => () => void;
  readonly metrics: RiskMetrics;
  readonly onFailure: (error: unknown, what: string, accountId?: AccountId) => void;
};

/**
 * An account with the outcome of its judgement, if it was judged, and the prices that were known to it; after `close`
 * positions are left to close.
 */
export type Known = {
  readonly snapshot: AccountSnapshot;
  readonly outcome?: Judged['outcome'];
  readonly quotes?: readonly Quote[];
  readonly judgement?: Judgement;
};

/** What a judgement came to that others did not keep from being made. */
export type Concluded =
  | Extract<Judged, { readonly snapshot: AccountSnapshot }>
  | { readonly outcome: 'closed' | 'unknown' };

/** Whether others kept going first. */
export const isBusy = (judged: Judged): judged is Exclude<Judged, Concluded> => judged.outcome === 'busy';

/** What an account was judged for: the moment that selected it, if a price did, and the tape's last tick by then. */
export type Selected = {
  readonly id: AccountId;
  readonly trace: Trace;
  readonly moment: Moment | undefined;
  readonly until: number;
};

export const traceOf = ({ correlationId, traceparent }: Envelope): Trace => ({ correlationId, traceparent });

/** Every open account of the shard. */
export async function eachOpen(
  { openAccounts, isMine }: Pick<EngineParts, 'openAccounts' | 'isMine'>,
  take: (snapshot: AccountSnapshot) => void,
): Promise<void> {
  for await (const snapshot of inPages(openAccounts.page, ({ accountId }) => accountId)) {
    if (isMine(snapshot.accountId)) take(snapshot);
  }
}
