import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { makeIdentityStore } from '../adapters/cockroach/identity/identity-store';
import { makeReportStore } from '../adapters/cockroach/report-store';
import { makeSettlementStore } from '../adapters/cockroach/settlement-store';
import { reportRenderer } from '../adapters/report/renderer';
import { writeReport } from '../usecases/write-report';
import { functionDatabase } from './database';
import { sha256Digest, systemClock, uuidIds } from './edge';
import { lazy } from './lazy';

/** What the consumer of ended assessments needs. */
export const reportWriting = lazy(async () => {
  const database = await functionDatabase();
  return {
    writeReport: writeReport({
      assessments: makeAssessmentStore(database),
      settlements: makeSettlementStore(database),
      reports: makeReportStore(database),
      users: makeIdentityStore(database),
      renderer: reportRenderer,
      clock: systemClock,
      ids: uuidIds,
      digest: sha256Digest,
    }),
  };
});
