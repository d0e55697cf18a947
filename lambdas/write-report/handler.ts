import { reportWriting } from '../../runtime/compose/report-writing';
import { consumerFunction } from '../../runtime/consumer';

export const handler = consumerFunction({
  name: 'write-report',
  types: ['assessment.abandoned', 'assessment.completed'],
  handle: async ({ data }, inbox, trace) =>
    (await reportWriting()).writeReport({ assessmentId: data.assessmentId, inbox, trace }),
});
