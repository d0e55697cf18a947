import * as z from 'zod';
import { displayName } from '../display-name';
import { email } from '../email';
import { userId } from '../ids';
import { boardChoiceRoutes } from './leaderboards';
import { route } from './route';
import { password, presentPassword, sessionRoutes } from './sessions';

/** A one-use token from a mail: 32 random bytes, base64url. */
const mailToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be the token from the mail');

export const me = z.object({
  userId,
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(['trader', 'risk', 'finance', 'admin'])),
});
const verified = z.object({ status: z.literal('verified') });
const accepted = z.object({ status: z.literal('mail_sent_if_applicable') });
/** The refresh token travels beside it in an HttpOnly cookie. */
const session = z.object({ accessToken: z.string(), expiresInS: z.int(), user: me });

/** A browser takes a name that begins so from this very host alone, over a connection it trusts, for every path. */
export const REFRESH_COOKIE = '__Host-pg_refresh';

export const authRoutes = {
  register: route({
    method: 'POST',
    path: '/auth/register',
    access: 'public',
    summary: 'Registers a trader and mails a verification link',
    body: z.strictObject({ email, password, displayName }),
    status: 202,
    response: accepted,
  }),
  verifyEmail: route({
    method: 'POST',
    path: '/auth/verify-email',
    access: 'public',
    summary: 'Confirms an e-mail address with the token of the mail and the password of the registration',
    body: z.strictObject({ token: mailToken, password: presentPassword }),
    status: 200,
    response: verified,
  }),
  verifyWithNewPassword: route({
    method: 'POST',
    path: '/auth/verify-email/new-password',
    access: 'public',
    summary: 'Confirms an e-mail address with the token of the mail and sets name and password',
    body: z.strictObject({ token: mailToken, displayName, password }),
    status: 200,
    response: verified,
  }),
  resendVerification: route({
    method: 'POST',
    path: '/auth/verification-mails',
    access: 'public',
    summary: 'Mails the verification link once more',
    body: z.strictObject({ email }),
    status: 202,
    response: accepted,
  }),
  login: route({
    method: 'POST',
    path: '/auth/login',
    access: 'public',
    summary: 'Signs in: an access token in the answer, a refresh token in a cookie',
    body: z.strictObject({ email, password: presentPassword }),
    status: 200,
    response: session,
  }),
  refresh: route({
    method: 'POST',
    path: '/auth/refresh',
    access: 'public',
    summary: 'Exchanges the refresh cookie for a new one and an access token',
    status: 200,
    response: session,
  }),
  logout: route({
    method: 'POST',
    path: '/auth/logout',
    access: 'public',
    summary: 'Ends the session of the refresh cookie',
    status: 204,
  }),
  requestPasswordReset: route({
    method: 'POST',
    path: '/auth/password-resets',
    access: 'public',
    summary: 'Mails a link to set a new password',
    body: z.strictObject({ email }),
    status: 202,
    response: accepted,
  }),
  confirmPasswordReset: route({
    method: 'POST',
    path: '/auth/password-resets/confirm',
    access: 'public',
    summary: 'Sets a new password and ends every session',
    body: z.strictObject({ token: mailToken, password }),
    status: 200,
    response: z.object({ status: z.literal('password_changed') }),
  }),
  ...sessionRoutes,
  jwks: route({
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: 'public',
    summary: 'Public keys of the access tokens (RFC 7517)',
    status: 200,
    response: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  }),
};

export const userRoutes = {
  ...boardChoiceRoutes,
  me: route({ method: 'GET', path: '/me', access: 'session', summary: 'Who is signed in', status: 200, response: me }),
};
