import type { AccountId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { AccountJournal } from '../ports/accounts/account-journal';
import type { AccountStore } from '../ports/accounts/account-store';
import { afterEntry, differenceOf, type Folded } from './journal-fold';

export type ReplayedAccount = {
  /** How many events the stored account has had. */
  readonly version: number;
  /** How many of them were folded. */
  readonly events: number;
  /** The first thing that is wrong, in words; null when the events rebuild the account to the last digit. */
  readonly difference: string | null;
};

type Parts = { readonly accounts: Pick<AccountStore, 'load'>; readonly journal: AccountJournal };

const PAGE = 1_000;

/** Folds an account again from its events alone, and compares it with the one that is stored. */
export const replayAccount =
  ({ accounts, journal }: Parts) =>
  async (id: AccountId): Promise<Result<ReplayedAccount, 'account_unknown'>> => {
    const stored = await accounts.load(id);
    if (!stored) return refuse('account_unknown', 'id', 'must be an account');
    const { version } = stored;
    let folded: Folded | undefined;
    const answer = (difference: string | undefined) =>
      accept({ version, events: folded?.version ?? 0, difference: difference ?? null });
    for (;;) {
      const page = await journal.page(id, folded?.version ?? 0, PAGE);
      // What has been saved since the account was read is not in it.
      const entries = page.filter((entry) => entry.version <= version);
      for (const entry of entries) {
        const after = afterEntry(stored, folded, entry);
        if (typeof after === 'string') return answer(after);
        folded = after;
      }
      if (entries.length === 0) return answer(folded ? differenceOf(stored, folded) : 'event 1 is missing');
    }
  };
