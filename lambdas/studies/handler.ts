import { studyRoutes } from '../../contracts/http/studies';
import { ok } from '../../runtime/answers';
import { authenticateCaller } from '../../runtime/compose/session';
import { studies } from '../../runtime/compose/studies';
import { httpFunction } from '../../runtime/http';
import { askedAnswer, listed, senderOf, told } from './answered';

const LISTED = 20;

export const handler = httpFunction(
  studyRoutes,
  {
    requestStudy: async ({ body, caller, trace }) =>
      askedAnswer(await (await studies()).requestStudy({ ...body, ...senderOf(caller), trace })),
    listStudies: async ({ query, caller }) => {
      const found = await (await studies()).listStudies(caller.userId, query.assessmentId, query.limit ?? LISTED);
      return ok({ studies: found.map(listed) });
    },
    getStudy: async ({ params, caller }) => {
      const found = await (await studies()).readStudy(params.studyId, caller.userId);
      return found.ok ? ok(told(found.value)) : found;
    },
    cancelStudy: async ({ params, caller: { userId }, trace }) => {
      const cancelled = await (await studies()).cancelStudy({ ...params, userId, trace });
      return cancelled.ok ? ok(told(cancelled.value)) : cancelled;
    },
    requestFirmStudy: async ({ body, caller, trace }) =>
      askedAnswer(await (await studies()).requestFirmStudy({ ...body, ...senderOf(caller), trace })),
  },
  authenticateCaller,
);
