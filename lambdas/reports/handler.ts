import { reportRoutes } from '../../contracts/http/assessments';
import { ok } from '../../runtime/answers';
import { reports } from '../../runtime/compose/report';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';

const CONTENT_TYPES = { html: 'text/html; charset=utf-8', pdf: 'application/pdf' } as const;

export const handler = httpFunction(
  reportRoutes,
  {
    listReports: async ({ caller }) => ok({ reports: [...(await (await reports()).listReports(caller.userId))] }),
    getReport: async ({ params: { reportId, format }, caller }) => {
      const found = await (await reports()).readReport(reportId, format, caller.userId);
      if (!found.ok) return found;
      const { report, bytes } = found.value;
      const filename = `assessment-${report.assessmentId}.${format}`;
      return ok({ contentType: CONTENT_TYPES[format], filename, bytes });
    },
  },
  authenticateCaller,
);
