import { tierRoutes } from '../../contracts/http/purchases';
import { accept } from '../../domain/kernel/result';
import { authenticateCaller } from '../../runtime/compose-session';
import { shop } from '../../runtime/compose-tiers';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  tierRoutes,
  {
    listTiers: async () => accept({ tiers: [...(await (await shop()).listTiers())] }),
    publishTier: async ({ params, body, caller, trace }) =>
      (await shop()).publishTier({ ...params, ...body, actor: caller.userId, trace }),
  },
  authenticateCaller,
);
