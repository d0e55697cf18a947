import { assessmentRoutes, reportRoutes } from './assessments';
import { authRoutes, userRoutes } from './auth';
import { marketRoutes } from './markets';
import { purchaseRoutes, tierRoutes, webhookRoutes } from './purchases';
import { healthRoutes, realtimeRoutes } from './realtime';
import { riskDeskRoutes } from './risk-desk';
import { studyRoutes } from './studies';
import { tradingRoutes } from './trading';
import { udfRoutes } from './udf';

/** Every HTTP function and the routes it serves; the function's name is its folder under `lambdas/`. */
export const functions = {
  auth: authRoutes,
  users: userRoutes,
  tiers: tierRoutes,
  purchases: purchaseRoutes,
  'stripe-webhook': webhookRoutes,
  assessments: assessmentRoutes,
  trading: tradingRoutes,
  markets: { ...marketRoutes, ...udfRoutes },
  reports: reportRoutes,
  'risk-desk': riskDeskRoutes,
  studies: studyRoutes,
  realtime: realtimeRoutes,
  health: healthRoutes,
};

export type FunctionName = keyof typeof functions;
