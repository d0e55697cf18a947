import { type Instant, isoText } from '../../../domain/kernel/instant';
import { ppm } from '../../../domain/kernel/money';
import type {
  KeptStudy,
  ListedStudy,
  NewStudy,
  StudyLimits,
  StudyStore,
  StudySubject,
} from '../../../usecases/ports/simulation/study-store';
import type { Database } from '../connection/database';
import { isUniqueViolation } from '../connection/database-errors';
import { outboxColumns } from '../events/outbox-columns';
import {
  cancelStudy,
  findSameStudy,
  findStudy,
  oddsOfStudy,
  readySimulations,
  requestStudy,
  type StudyRow,
  studiesOfUser,
  useOfStudies,
} from './study.sql';
import { oddsOfText, studyText } from './study-columns';

export const makeStudyStore = (database: Database): StudyStore => ({
  request: (study, limits) => request(database, study, limits),
  find: async (id) => keptOf(await database.query(findStudy, [id])),
  findSame: async (userId, digest, since) =>
    keptOf(await database.query(findSameStudy, [userId, digest, isoText(since)])),
  odds: async (id) => {
    const [row] = await database.query(oddsOfStudy, [id]);
    return row && oddsOfText(row.odds);
  },
  listOf: async (userId, assessmentId, limit) =>
    (await database.query(studiesOfUser, [userId, assessmentId ?? null, limit])).map(listedOf),
  use: async (userId, since) => {
    const rows = await database.query(useOfStudies, [userId, isoText(since)]);
    return {
      open: rows.filter((row) => row.is_open).length,
      askedAt: rows.filter((row) => row.is_counted).map((row) => row.requested_at),
    };
  },
  cancel: async (id, at, message) =>
    (await database.query(cancelStudy, [id, isoText(at), ...outboxColumns([message])])).length > 0,
  readyUntil: async (): Promise<Instant | undefined> => (await database.query(readySimulations))[0]?.ready_until,
});

async function request(database: Database, given: NewStudy, limits: StudyLimits): ReturnType<StudyStore['request']> {
  const { subject, message } = given;
  try {
    const rows = await database.query(requestStudy, [
      given.studyId,
      given.userId,
      subject?.kind === 'assessment' ? subject.assessmentId : null,
      subject?.kind === 'tier' ? subject.tierId : null,
      given.scope,
      given.tierName,
      given.trades,
      given.askedHash,
      given.digest,
      given.of,
      isoText(given.requestedAt),
      message.correlationId,
      studyText(given.study),
      ...outboxColumns([message]),
      limits.openMax,
      limits.askedMax,
      isoText(limits.askedSince),
      isoText(limits.sameSince),
      message.traceparent,
    ]);
    return rows.length > 0 ? 'requested' : 'overtaken';
  } catch (error) {
    if (isUniqueViolation(error, 'studies_pkey')) return 'overtaken';
    throw error;
  }
}

const keptOf = ([row]: readonly StudyRow[]): KeptStudy | undefined => row && studyOf(row);

const studyOf = (row: StudyRow): KeptStudy => ({
  studyId: row.study_id,
  userId: row.user_id,
  scope: row.scope,
  subject: subjectOf(row),
  tierName: row.tier_name,
  trades: row.trades,
  askedHash: row.asked_hash,
  status: row.status,
  failure: row.failure,
  done: row.done,
  of: row.total,
  requestedAt: row.requested_at,
  endedAt: row.ended_at,
});

function subjectOf({ assessment_id: assessmentId, tier_id: tierId }: StudyRow): StudySubject | null {
  if (assessmentId !== null) return { kind: 'assessment', assessmentId };
  return tierId === null ? null : { kind: 'tier', tierId };
}

function listedOf(row: StudyRow): ListedStudy {
  const { passed_low: low, passed_share: share, passed_high: high } = row;
  const isKnown = low !== null && share !== null && high !== null;
  return { ...studyOf(row), passed: isKnown ? { low: ppm(low), share: ppm(share), high: ppm(high) } : null };
}
