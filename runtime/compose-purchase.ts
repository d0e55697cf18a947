import { makeAccountStore } from '../adapters/cockroach/account-store';
import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { makeUserReader } from '../adapters/cockroach/identity/user-reader';
import { makePurchaseStore } from '../adapters/cockroach/purchase/purchase-store';
import { makeTierStore } from '../adapters/cockroach/purchase/tier-store';
import { getPurchase, listPurchases } from '../usecases/read-purchases';
import { retryAssessment } from '../usecases/retry-assessment';
import { startPurchase, startReset } from '../usecases/start-purchase';
import { functionDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';
import { openPaymentProvider } from './stripe';

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
