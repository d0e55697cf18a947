import { authRoutes } from '../../contracts/http/auth';
import { ok } from '../../runtime/answers';
import { identity } from '../../runtime/compose/identity';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';
import { signingKeys } from '../../runtime/keys';
import { clientOf, refusalAnswer, sessionAnswer } from './client';
import { presentedDevice } from './device-cookie';
import { forgottenCookie, presentedToken } from './refresh-cookie';

export const handler = httpFunction(
  authRoutes,
  {
    register: async ({ body, event, trace }) => {
      const done = await (await identity()).register({ ...body, client: clientOf(event), trace });
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    verifyEmail: async ({ body, event, trace }) => {
      const done = await (await identity()).verifyEmail({ ...body, client: clientOf(event), trace });
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    verifyWithNewPassword: async ({ body, event, trace }) => {
      const done = await (await identity()).verifyEmail({ ...body, client: clientOf(event), trace });
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    resendVerification: async ({ body, event, trace }) => {
      const command = { ...body, client: clientOf(event), device: presentedDevice(event), trace };
      const done = await (await identity()).resendVerification(command);
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    login: async ({ body, event, trace }) => {
      const [device, replaced] = [presentedDevice(event), presentedToken(event)];
      const done = await (await identity()).logIn({ ...body, client: clientOf(event), device, replaced, trace });
      return done.ok ? sessionAnswer(done.value) : refusalAnswer(done);
    },
    refresh: async ({ event, trace }) => {
      const token = presentedToken(event);
      const done = await (await identity()).refreshSession({ token, client: clientOf(event), trace });
      return done.ok ? sessionAnswer(done.value) : { ...done, cookies: [forgottenCookie()] };
    },
    logout: async ({ event, trace }) => {
      await (await identity()).logOut({ token: presentedToken(event), trace });
      return ok(undefined, { cookies: [forgottenCookie()] });
    },
    requestPasswordReset: async ({ body, event, trace }) => {
      const command = { ...body, client: clientOf(event), device: presentedDevice(event), trace };
      const done = await (await identity()).requestPasswordReset(command);
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    confirmPasswordReset: async ({ body, event, trace }) => {
      const done = await (await identity()).resetPassword({ ...body, client: clientOf(event), trace });
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    sessions: async ({ caller }) => ok({ sessions: [...(await (await identity()).listSessions(caller))] }),
    endSession: async ({ caller, params, trace }) => (await identity()).endOwnSession(caller, params.sessionId, trace),
    endOtherSessions: async ({ caller, trace }) =>
      ok({ ended: await (await identity()).endOtherSessions(caller, trace) }),
    changePassword: async ({ body, caller, event, trace }) => {
      const done = await (await identity()).changePassword({ ...body, caller, client: clientOf(event), trace });
      return done.ok ? ok({ status: done.value }) : refusalAnswer(done);
    },
    jwks: async () => {
      const { published } = await signingKeys();
      return ok({ keys: [...published.keys] }, { headers: { 'cache-control': 'public, max-age=300' } });
    },
  },
  authenticateCaller,
);
