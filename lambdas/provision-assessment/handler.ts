import { provisioning } from '../../runtime/compose/provisioning';
import { consumerFunction } from '../../runtime/consumer';

export const handler = consumerFunction({
  name: 'provision-assessment',
  types: ['payment.purchase-completed', 'payment.purchase-changed'],
  handle: async ({ data, occurredAt }, inbox, trace) => {
    const { purchaseId, assessmentId, userId } = data;
    const { provisionAssessment, followPayment } = await provisioning();
    const granted = { purchaseId, assessmentId, userId, inbox, trace };
    return 'reversal' in data
      ? followPayment({ ...granted, reversal: data.reversal, occurredAt })
      : provisionAssessment(granted);
  },
});
