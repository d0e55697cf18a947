import { idOf, type ReportId, type UserId } from '../../../domain/kernel/ids';
import type { Report } from '../../../usecases/ports/assessments/report-store';
import { readReport } from '../../../usecases/reporting/read-report';
import { WRITTEN_AT } from '../../fixtures/report-story';

const ALICE = idOf<UserId>('alice');
const KNOWN = idOf<ReportId>('r-1');

const report: Report = {
  reportId: KNOWN,
  assessmentId: idOf('s-1'),
  accountId: idOf('a-1'),
  userId: ALICE,
  title: 'Standard assessment',
  createdAt: WRITTEN_AT,
  sha256: '00',
};

const shelf = {
  find: async (id: ReportId) => (id === KNOWN ? report : undefined),
  document: async (_: ReportId, format: 'html' | 'pdf') => (format === 'html' ? new Uint8Array([1]) : undefined),
};

/** Goal: nobody learns that somebody else's report exists. */
test.each`
  who      | id       | format    | answer
  ${ALICE} | ${KNOWN} | ${'html'} | ${'document'}
  ${ALICE} | ${KNOWN} | ${'pdf'}  | ${'report_unknown format'}
  ${ALICE} | ${'r-2'} | ${'html'} | ${'report_unknown reportId'}
  ${'bob'} | ${KNOWN} | ${'html'} | ${'report_unknown reportId'}
`(
  '$who asks for $id as $format: $answer',
  async ({ who, id, format, answer }: { who: UserId; id: ReportId; format: 'html' | 'pdf'; answer: string }) => {
    const read = await readReport({ reports: shelf })(id, format, who);
    expect(read.ok ? 'document' : `${read.refusal} ${read.fault?.field}`).toBe(answer);
  },
);
