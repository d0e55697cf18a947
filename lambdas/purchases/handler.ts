import { purchaseRoutes } from '../../contracts/http/purchases';
import { isoText } from '../../domain/kernel/instant';
import { accept } from '../../domain/kernel/result';
import { purchasing } from '../../runtime/compose/purchase';
import { authenticateUncached } from '../../runtime/compose/uncached-session';
import { httpFunction } from '../../runtime/http';
import type { PurchaseView } from '../../usecases/purchase/read-purchases';

const onWire = (purchase: PurchaseView) => ({ ...purchase, createdAt: isoText(purchase.createdAt) });

export const handler = httpFunction(
  purchaseRoutes,
  {
    startPurchase: async ({ body, caller }) => {
      const { purchaseId } = body;
      const started = await (await purchasing()).startPurchase({ ...body, userId: caller.userId });
      return started.ok ? accept({ purchaseId, checkoutUrl: started.value.url }) : started;
    },
    startReset: async ({ params, body, caller }) => {
      const { purchaseId } = body;
      const started = await (await purchasing()).startReset({ ...params, purchaseId, userId: caller.userId });
      return started.ok ? accept({ purchaseId, checkoutUrl: started.value.url }) : started;
    },
    retryAssessment: async ({ params, caller, trace }) =>
      (await purchasing()).retryAssessment({ ...params, userId: caller.userId, trace }),
    listPurchases: async ({ caller }) =>
      accept({ purchases: (await (await purchasing()).listPurchases(caller.userId)).map(onWire) }),
    getPurchase: async ({ params, caller }) => {
      const found = await (await purchasing()).getPurchase(params.purchaseId, caller.userId);
      return found.ok ? accept(onWire(found.value)) : found;
    },
  },
  authenticateUncached,
);
