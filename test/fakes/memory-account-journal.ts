import { journaledEvent } from '../../contracts/topics/journaled-event';
import type { AccountId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import type { AccountJournal, JournalEntry } from '../../usecases/ports/accounts/account-journal';
import type { MemoryWorld } from './memory-world';

export const memoryAccountJournal = (world: MemoryWorld): AccountJournal => ({
  page: async (id, after, limit) =>
    journalIn(world, id)
      .filter(({ version }) => version > after)
      .slice(0, limit),
});

/** Each event has a row of its own here, and its place in the stream is what it says. */
export const journalIn = ({ outbox }: MemoryWorld, id: AccountId): readonly JournalEntry[] =>
  outbox
    .filter(({ key }) => key === id)
    .flatMap(({ body }): readonly JournalEntry[] => {
      const read = journaledEvent(body);
      if (!read.ok) return [];
      const { accountVersion: version, occurredAt, ...told } = read.event;
      return version === null ? [] : [{ version, event: { ...told, occurredAt: instant(occurredAt) } }];
    })
    .sort((a, b) => a.version - b.version);
