import { assessmentRoutes } from '../../contracts/http/assessments';
import { accept } from '../../domain/kernel/result';
import { authenticateCaller } from '../../runtime/compose/session';
import { trading } from '../../runtime/compose/trading';
import { httpFunction } from '../../runtime/http';
import { snapshotView } from '../../usecases/trading/read-account';

export const handler = httpFunction(
  assessmentRoutes,
  {
    listAssessments: async ({ caller }) =>
      accept({ assessments: [...(await (await trading()).listAssessments(caller.userId))] }),
    getAssessment: async ({ params, caller }) => {
      const found = await (await trading()).getAssessment(params.assessmentId, caller.userId);
      if (!found.ok) return found;
      const { summary, snapshot } = found.value;
      const { ruleSetVersion, ruleSetHash, rules } = snapshot;
      return accept({ ...summary, ruleSetVersion, ruleSetHash, rules, account: snapshotView(snapshot) });
    },
    getEvidence: async ({ params, caller }) => {
      const found = await (await trading()).readEvidence(params.assessmentId, caller.userId);
      if (!found.ok) return found;
      const { evidence, evidenceHash } = found.value;
      const bytes = Buffer.from(evidence, 'utf8');
      const filename = `evidence-${params.assessmentId}.json`;
      const answer = accept({ contentType: 'application/json', filename, bytes });
      return { ...answer, headers: { etag: `"${evidenceHash}"` } };
    },
    getEvidenceTrades: async ({ params, caller }) => {
      const found = await (await trading()).readEvidenceTrades(params.assessmentId, caller.userId);
      if (!found.ok) return found;
      return accept({ trades: found.value.map(({ trip, moves }) => ({ ...trip, moves: [...moves] })) });
    },
    getEvidencePath: async ({ params, caller }) => {
      const path = await (await trading()).readEvidencePath(params.assessmentId, caller.userId);
      if (!path.ok) return path;
      const { at, instruments } = path.value;
      return accept({ at, instruments: instruments.map((one) => ({ ...one, candles: [...one.candles] })) });
    },
  },
  authenticateCaller,
);
