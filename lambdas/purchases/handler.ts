import { purchaseRoutes } from '../../contracts/http/purchases';
import { ok } from '../../runtime/answers';
import { purchasing } from '../../runtime/compose/purchase';
import { authenticateUncached } from '../../runtime/compose/uncached-session';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  purchaseRoutes,
  {
    startPurchase: async ({ body, caller }) => {
      const { purchaseId } = body;
      const started = await (await purchasing()).startPurchase({ ...body, userId: caller.userId });
      return started.ok ? ok({ purchaseId, checkoutUrl: started.value.url }) : started;
    },
    startReset: async ({ params, body, caller }) => {
      const { purchaseId } = body;
      const started = await (await purchasing()).startReset({ ...params, purchaseId, userId: caller.userId });
      return started.ok ? ok({ purchaseId, checkoutUrl: started.value.url }) : started;
    },
    retryAssessment: async ({ params, caller, trace }) =>
      (await purchasing()).retryAssessment({ ...params, userId: caller.userId, trace }),
    listPurchases: async ({ caller }) =>
      ok({ purchases: [...(await (await purchasing()).listPurchases(caller.userId))] }),
    getPurchase: async ({ params, caller }) => (await purchasing()).getPurchase(params.purchaseId, caller.userId),
  },
  authenticateUncached,
);
