import type { BoardEntry, MonthResult } from '../../../domain/assessment/reporting/leaderboard';
import type { BoardChoice } from '../../../domain/identity/public-name';
import type { AccountId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Month, MonthBounds } from '../../../domain/kernel/month';

/** The board of a tier, known by its short name, and a month. */
export type Board = { readonly tier: string; readonly month: Month };

export type BoardLine = BoardEntry & { readonly name: string };

/** A line in its place. `row` names it for as long as it is there, and tells nobody whose it is. */
export type RankedLine = BoardLine & { readonly row: string; readonly rank: number };

export type BoardPage = {
  readonly lines: readonly RankedLine[];
  readonly total: number;
  /** `after` of the page that follows; null: there is none. */
  readonly next: string | null;
};

/** Sorted by return; equal returns have one rank, and the next is left out for it. It can be lost at any time. */
export type Leaderboards = {
  /** Sets the person's line on the board, or takes it off. */
  readonly put: (board: Board, userId: UserId, line: BoardLine | undefined) => Promise<void>;
  readonly page: (board: Board, after: string | undefined, limit: number) => Promise<BoardPage>;
  readonly own: (board: Board, userId: UserId) => Promise<RankedLine | undefined>;
  /** `whole`: every person was placed since the boards were lost; otherwise the last one of those who were. */
  readonly building: (month: Month) => Promise<'whole' | { readonly after: UserId | undefined }>;
  /** Begins the boards of a month anew: they are empty. */
  readonly begin: (month: Month) => Promise<void>;
  readonly built: (month: Month, until: UserId | 'whole') => Promise<void>;
};

/** Accounts of which something became true, to be ranked again by whoever takes them first. */
export type TouchedAccounts = {
  readonly touch: (ids: readonly AccountId[]) => Promise<void>;
  readonly take: (count: number) => Promise<readonly AccountId[]>;
};

export type PersonMonth = {
  readonly userId: UserId;
  readonly displayName: string;
  readonly choice: BoardChoice;
  readonly results: readonly MonthResult[];
};

/** What people did, from the database. */
export type MonthResults = {
  /** People who traded nothing in the month are left out. */
  readonly of: (userIds: readonly UserId[], bounds: MonthBounds) => Promise<readonly PersonMonth[]>;
  readonly peopleOf: (accounts: readonly AccountId[]) => Promise<readonly UserId[]>;
  /**
   * People with an account, or a choice, that changed since; with `holders` also those whose open positions may have
   * lost since. By rising id.
   */
  readonly changed: (
    since: Instant,
    holders: boolean,
    page: { readonly after: UserId | undefined; readonly limit: number },
  ) => Promise<readonly UserId[]>;
};

export type BoardChoices = {
  readonly find: (
    userId: UserId,
  ) => Promise<{ readonly choice: BoardChoice; readonly displayName: string } | undefined>;
  readonly put: (userId: UserId, choice: BoardChoice, at: Instant) => Promise<void>;
};
