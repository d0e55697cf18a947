import type { Bounds } from '../../../domain/account/positions/valuation';
import type { LimitName } from '../../../domain/account/rule-name';
import type { ShownRoom } from '../../../domain/assessment/commands/shown-rooms';
import type { WaysOut } from '../../../domain/assessment/commands/way-out';
import type { Deadline, Gate } from '../../../domain/assessment/judging/judgement';
import type { AccountId, InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Price, Usd } from '../../../domain/kernel/money';

/** An account at live prices: what it is worth, the room that each rule leaves, and what a pass still needs. */
export type AccountMark = {
  readonly accountId: AccountId;
  /** What it is worth as far as is known, at least and at most: all the same while everything has a price. */
  readonly equityUsd: Usd;
  readonly worstUsd: Usd;
  readonly bestUsd: Usd;
  readonly balanceUsd: Usd;
  readonly unpriced: readonly UnpricedPosition[];
  /** The limit that is broken at `equityUsd` and not at `bestUsd`: what has a price is closed then. */
  readonly inDoubt: LimitName | null;
  readonly rooms: readonly ShownRoom[];
  readonly waysOut: WaysOut;
  readonly deadlines: readonly Deadline[];
  readonly gates: readonly Gate[];
  readonly at: Instant;
};

/** A position without a price, what it is taken to be worth, and its last good price where there was one. */
export type UnpricedPosition = Bounds & {
  readonly instrument: InstrumentId;
  readonly lastPrice: Price | null;
  readonly lastAt: Instant | null;
};

/** Somebody looks at an account for this long after saying so; who goes on looking says so again. */
export const WATCH_MS = 15_000;

/** Live marks of accounts that somebody looks at: state that nobody misses when it is lost. */
export type AccountMarks = {
  readonly publish: (mark: AccountMark) => Promise<void>;
  /** Hands over every mark published from now on; the answer ends it. */
  readonly subscribe: (onMark: (mark: AccountMark) => void) => Promise<() => Promise<void>>;
  /** Says that somebody looks at these accounts for the next `WATCH_MS`. */
  readonly watch: (accountIds: readonly AccountId[]) => Promise<void>;
  readonly watched: () => Promise<ReadonlySet<AccountId>>;
};
