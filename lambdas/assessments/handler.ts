import { assessmentRoutes } from '../../contracts/http/assessments';
import { accept } from '../../domain/kernel/result';
import { authenticateCaller } from '../../runtime/compose-session';
import { trading } from '../../runtime/compose-trading';
import { httpFunction } from '../../runtime/http';
import { snapshotView } from '../../usecases/read-account';

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
      const found = await (await trading()).getEvidence(params.violationId, caller.userId);
      if (!found.ok) return found;
      const bytes = Buffer.from(found.value, 'utf8');
      const filename = `evidence-${params.violationId}.json`;
      return accept({ contentType: 'application/json', filename, bytes });
    },
  },
  authenticateCaller,
);
