import { isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { StudyEnd, StudyQueue } from '../../../usecases/ports/simulation/study-queue';
import type { Database } from '../connection/database';
import { outboxColumns } from '../events/outbox-columns';
import { oddsText, runResultOf, runResultText, studyOfText } from './study-columns';
import {
  type ClaimedRow,
  claimStudies,
  endStudy,
  inputOfStudy,
  keepStudy,
  releaseStudy,
  runsOfStudy,
  saveStudyRun,
  tellSimulationsReady,
  tellStudyProgress,
  waitingStudies,
} from './study-queue.sql';

export const makeStudyQueue = (database: Database): StudyQueue => ({
  claim: async (now, until, limit) => {
    const rows = await database.query(claimStudies, [isoText(now), isoText(until), limit]);
    return rows.map(claimedOf).sort((a, b) => a.requestedAt - b.requestedAt);
  },
  study: async (id) => {
    const [row] = await database.query(inputOfStudy, [id]);
    invariant(row !== undefined, `study ${id} has its input`);
    return studyOfText(row.study);
  },
  runs: async (id) => {
    const rows = await database.query(runsOfStudy, [id]);
    return new Map(rows.map(({ name, result }) => [name, runResultOf(result)]));
  },
  keep: async ({ studyId, epoch }, until) => (await database.write(keepStudy, [studyId, epoch, isoText(until)])) > 0,
  saveRun: async ({ studyId, epoch }, name, result) =>
    (await database.query(saveStudyRun, [studyId, epoch, name, runResultText(result)])).length > 0,
  progress: async ({ studyId, epoch }, progress, message) => {
    const told = [studyId, epoch, progress.done, progress.of, ...outboxColumns([message])];
    return (await database.query(tellStudyProgress, told)).length > 0;
  },
  end: async ({ studyId, epoch }, end, at, message) => {
    const told = [studyId, epoch, ...endColumns(end, isoText(at)), ...outboxColumns([message])];
    return (await database.query(endStudy, told)).length > 0;
  },
  release: async ({ studyId, epoch }) => {
    await database.write(releaseStudy, [studyId, epoch]);
  },
  tellReady: async (until) => {
    await database.write(tellSimulationsReady, [isoText(until)]);
  },
  waiting: async (now) => {
    const [row] = await database.query(waitingStudies, [isoText(now)]);
    const oldestAt = row?.oldest_at ?? null;
    return { open: row?.open ?? 0, oldestMs: oldestAt === null ? 0 : Math.max(0, now - oldestAt) };
  },
});

function endColumns(end: StudyEnd, at: string): readonly unknown[] {
  if (end.status === 'failed') return ['failed', end.failure, at, null, null, null, null];
  const { low, share, high } = end.odds.passed;
  return ['completed', null, at, low, share, high, oddsText(end.odds)];
}

const claimedOf = (row: ClaimedRow) => ({
  fence: { studyId: row.study_id, epoch: row.epoch },
  userId: row.user_id,
  assessmentId: row.assessment_id,
  scope: row.scope,
  requestedAt: row.requested_at,
  startedAt: row.started_at,
  progress: { done: row.done, of: row.total },
  trace: { correlationId: row.correlation_id, traceparent: row.traceparent },
});
