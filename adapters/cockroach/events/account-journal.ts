import { journaledEvent } from '../../../contracts/topics/journaled-event';
import { instant } from '../../../domain/kernel/instant';
import type { AccountJournal, JournalEntry } from '../../../usecases/ports/accounts/account-journal';
import type { Database } from '../connection/database';
import { type JournalRow, journalPage } from './journal.sql';

/** The journal is those rows of the outbox that are about an account: they stay when they have been sent. */
export const makeAccountJournal = (database: Database): AccountJournal => ({
  page: async (id, after, limit) => (await database.query(journalPage, [id, after, limit])).flatMap(entriesOf),
});

/** A row's version is that of its last event; those before it have the versions before. */
function entriesOf({ account_version, body }: JournalRow): readonly JournalEntry[] {
  const records = body.split('\n');
  return records.map((record, index) => entryOf(account_version - records.length + 1 + index, record));
}

function entryOf(version: number, record: string): JournalEntry {
  const read = journaledEvent(record);
  if (!read.ok) return { version, fault: read.reason };
  const { accountVersion, occurredAt, ...told } = read.event;
  if (accountVersion !== version) return { version, fault: `says that it is event ${accountVersion}` };
  return { version, event: { ...told, occurredAt: instant(occurredAt) } };
}
