import type { AccountId } from '../../domain/kernel/ids';
import type { AccountJournal, ToldEntry } from '../ports/accounts/account-journal';

/** The events of an account after a version, `limit` at most, up to the first that is missing or cannot be read. */
export const missedEvents =
  (journal: AccountJournal) =>
  async (id: AccountId, after: number, limit: number): Promise<readonly ToldEntry[]> => {
    const told: ToldEntry[] = [];
    // A save may hold several events, those of before `after` among them.
    for (const entry of await journal.page(id, after, limit)) {
      if (entry.version <= after) continue;
      if (!('event' in entry) || entry.version !== after + told.length + 1 || told.length === limit) break;
      told.push(entry);
    }
    return told;
  };
