import { riskDeskRoutes } from '../../contracts/http/risk-desk';
import { ok } from '../../runtime/answers';
import { riskDesk } from '../../runtime/compose/risk-desk';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  riskDeskRoutes,
  {
    listSignals: async ({ query }) => {
      const signals = await (await riskDesk()).listSignals(query.which ?? 'all');
      return ok({
        signals: signals.map((signal) => ({
          ...signal,
          legs: [...signal.legs],
          decisions: [...signal.decisions],
        })),
      });
    },
    putDecision: async ({ params, body, caller, trace }) =>
      (await riskDesk()).decideSignal({ ...params, ...body, actor: caller.userId, trace }),
    listBlackouts: async () => ok({ blackouts: [...(await (await riskDesk()).listBlackouts())] }),
    putBlackout: async ({ params, body, caller, trace }) =>
      (await riskDesk()).publishBlackout({ ...params, ...body, actor: caller.userId, trace }),
    deleteBlackout: async ({ params, caller, trace }) =>
      (await riskDesk()).withdrawBlackout({ ...params, actor: caller.userId, trace }),
  },
  authenticateCaller,
);
