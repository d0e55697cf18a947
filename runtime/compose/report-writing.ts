import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { makeReportStore } from '../../adapters/cockroach/assessments/report-store';
import { makeIdentityStore } from '../../adapters/cockroach/identity/identity-store';
import { makeSettlementStore } from '../../adapters/cockroach/settlements/settlement-store';
import { reportRenderer } from '../../adapters/report/renderer';
import { writeReport } from '../../usecases/reporting/write-report';
import { functionDatabase } from '../database';
import { sha256Digest, systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';

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
