import type { ReportId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Report, ReportStore } from '../ports/assessments/report-store';

export type ReportFormat = 'html' | 'pdf';

export type ReportDocument = { readonly report: Report; readonly bytes: Uint8Array };

/** One's own report; somebody else's does not exist. */
export const readReport =
  ({ reports }: { readonly reports: Pick<ReportStore, 'find' | 'document'> }) =>
  async (id: ReportId, format: ReportFormat, userId: UserId): Promise<Result<ReportDocument, 'report_unknown'>> => {
    const report = await reports.find(id);
    if (!report || report.userId !== userId) return refuse('report_unknown', 'reportId', 'must be yours');
    const bytes = await reports.document(id, format);
    return bytes ? accept({ report, bytes }) : refuse('report_unknown', 'format', 'was not written for this report');
  };
