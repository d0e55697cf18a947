import { provisioning } from '../../runtime/compose-provisioning';
import { consumerFunction } from '../../runtime/consumer';

export const handler = consumerFunction({
  name: 'provision-assessment',
  types: ['payment.purchase-completed'],
  handle: async ({ data }, inbox, trace) => {
    const { purchaseId, assessmentId, userId } = data;
    return (await provisioning()).provisionAssessment({ purchaseId, assessmentId, userId, inbox, trace });
  },
});
