import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { makeUserReader } from '../../adapters/cockroach/identity/user-reader';
import { makePurchaseStore } from '../../adapters/cockroach/purchase/purchase-store';
import { makeTierStore } from '../../adapters/cockroach/purchase/tier-store';
import { retryAssessment } from '../../usecases/assessment/retry-assessment';
import { getPurchase, listPurchases } from '../../usecases/purchase/read-purchases';
import { startPurchase, startReset } from '../../usecases/purchase/start-purchase';
import { functionDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';
import { openPaymentProvider } from '../stripe';

/** What the function `purchases` does. */
export const purchasing = lazy(async () => {
  const database = await functionDatabase();
  const parts = {
    purchases: makePurchaseStore(database),
    tiers: makeTierStore(database),
    assessments: makeAssessmentStore(database),
    accounts: makeAccountStore(database),
    identities: makeUserReader(database),
    provider: await openPaymentProvider(),
    clock: systemClock,
    ids: uuidIds,
  };
  return {
    startPurchase: startPurchase(parts),
    startReset: startReset(parts),
    retryAssessment: retryAssessment(parts),
    listPurchases: listPurchases(parts),
    getPurchase: getPurchase(parts),
  };
});
