import { assessmentRoutes } from '../../contracts/http/assessments';
import { ok } from '../../runtime/answers';
import { authenticateCaller } from '../../runtime/compose/session';
import { trading } from '../../runtime/compose/trading';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  assessmentRoutes,
  {
    listAssessments: async ({ caller }) =>
      ok({ assessments: [...(await (await trading()).listAssessments(caller.userId))] }),
    getAssessment: async ({ params, caller }) => {
      return (await trading()).getAssessment(params.assessmentId, caller.userId);
    },
    getPayouts: async ({ params, caller }) => (await trading()).readPayouts(params.assessmentId, caller.userId),
    takePayout: async ({ params, body, caller: { userId }, trace }) => {
      const taken = await (await trading()).takePayout({ ...params, ...body, userId, trace });
      return taken.ok ? ok(taken.value.payout, taken.value.isReplay ? { status: 200 } : {}) : taken;
    },
    getEvidence: async ({ params, caller }) => {
      const found = await (await trading()).readEvidence(params.assessmentId, caller.userId);
      if (!found.ok) return found;
      const { evidence, evidenceHash } = found.value;
      const bytes = Buffer.from(evidence, 'utf8');
      const filename = `evidence-${params.assessmentId}.json`;
      return ok({ contentType: 'application/json', filename, bytes }, { headers: { etag: `"${evidenceHash}"` } });
    },
    getEvidenceTrades: async ({ params, caller }) => {
      const found = await (await trading()).readEvidenceTrades(params.assessmentId, caller.userId);
      if (!found.ok) return found;
      return ok({ trades: found.value.map(({ trip, moves }) => ({ ...trip, moves: [...moves] })) });
    },
    getEvidencePath: async ({ params, caller }) => {
      const path = await (await trading()).readEvidencePath(params.assessmentId, caller.userId);
      if (!path.ok) return path;
      const { at, instruments } = path.value;
      return ok({ at, instruments: instruments.map((one) => ({ ...one, candles: [...one.candles] })) });
    },
  },
  authenticateCaller,
);
