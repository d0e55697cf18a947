import { makeReportStore } from '../../adapters/cockroach/assessments/report-store';
import { readReport } from '../../usecases/reporting/read-report';
import { functionDatabase } from '../database';
import { lazy } from '../lazy';

/** Lists and documents of the function `reports`. */
export const reports = lazy(async () => {
  const store = makeReportStore(await functionDatabase());
  return { listReports: store.listOf, readReport: readReport({ reports: store }) };
});
