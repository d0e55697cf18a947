import { invariant } from '../../domain/kernel/invariant';
import type { ReportStore } from '../../usecases/ports/assessments/report-store';
import { enqueueIn, inboxKey, type MemoryWorld } from './memory-world';

export const memoryReportStore = (world: MemoryWorld): ReportStore => ({
  save: async (report, documents, inbox, messageOf) => {
    const kept = world.accounts.get(report.accountId);
    invariant(kept !== undefined, `account ${report.accountId} of a report exists`);
    if (world.inbox.has(inboxKey(inbox))) return 'duplicate';
    world.inbox.add(inboxKey(inbox));
    const version = kept.snapshot.version + 1;
    kept.snapshot = { ...kept.snapshot, version };
    world.reports.set(report.reportId, { report, documents });
    enqueueIn(world, [messageOf(version)]);
    return 'saved';
  },
  listOf: async (userId) =>
    [...world.reports.values()]
      .map(({ report }) => report)
      .filter((report) => report.userId === userId)
      .sort((a, b) => b.createdAt - a.createdAt),
  find: async (id) => world.reports.get(id)?.report,
  document: async (id, format) => world.reports.get(id)?.documents[format],
});
