import type * as z from 'zod';
import { type tier, tierRoutes } from '../../contracts/http/purchases';
import { ok } from '../../runtime/answers';
import { leaderboards } from '../../runtime/compose/leaderboards';
import { authenticateCaller } from '../../runtime/compose/session';
import { shop } from '../../runtime/compose/tiers';
import { httpFunction } from '../../runtime/http';
import type { Tier } from '../../usecases/ports/assessments/tier-store';

const onWire = ({ program, ...rest }: Tier): z.output<typeof tier> => ({
  ...rest,
  ...program,
  phases: [...program.phases],
});

const LINES = 50;

export const handler = httpFunction(
  tierRoutes,
  {
    getLeaderboard: async ({ query }) => {
      const read = await (await leaderboards()).readLeaderboard({ ...query, limit: query.limit ?? LINES });
      if (!read.ok) return read;
      const { board, lines, ...told } = read.value;
      return ok({ ...board, ...told, lines: [...lines] });
    },
    getOwnLine: async ({ query, caller }) => {
      const read = await (await leaderboards()).readOwnLine(query, caller.userId);
      return read.ok ? ok({ line: read.value }) : read;
    },
    listTiers: async () => ok({ tiers: (await (await shop()).listTiers()).map(onWire) }),
    listTierTemplates: async () =>
      ok({
        templates: (await shop()).templates.map(({ program, ...told }) => ({
          ...told,
          ...program,
          phases: [...program.phases],
        })),
      }),
    publishTier: async ({ params, body, caller, trace }) => {
      const { name, priceUsd, ...program } = body;
      const command = { ...params, name, priceUsd, program, actor: caller.userId, trace };
      const published = await (await shop()).publishTier(command);
      return published.ok ? ok(onWire(published.value)) : published;
    },
  },
  authenticateCaller,
);
