import { provisioning } from '../../runtime/compose/provisioning';
import { consumerFunction } from '../../runtime/consumer';

export const handler = consumerFunction({
  name: 'advance-assessment',
  types: ['assessment.completed'],
  handle: async ({ data }, inbox, trace) =>
    (await provisioning()).advanceAssessment({ assessmentId: data.assessmentId, inbox, trace }),
});
