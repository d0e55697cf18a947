import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { VIEWER_ADDRESS_HEADER } from '../../contracts/http/edge';
import type { Route } from '../../contracts/http/route';
import { type Answer, ok } from '../../runtime/answers';
import { countedAddress } from '../../runtime/viewer';
import type { SignedIn } from '../../usecases/identity/log-in';
import type { Client, Throttled } from '../../usecases/identity/throttle';
import { deviceCookies } from './device-cookie';
import { sessionCookies } from './refresh-cookie';

const USER_AGENT_MAX = 300;

/** The address is the edge's word: what does not come from there gets no further than `runtime/http-door`. */
export const clientOf = ({ headers }: APIGatewayProxyEventV2): Client => ({
  ip: countedAddress(headers[VIEWER_ADDRESS_HEADER] ?? ''),
  userAgent: (headers['user-agent'] ?? '').slice(0, USER_AGENT_MAX),
});

type Refusal = Extract<Answer<Route>, { ok: false }>;

/** A refusal as it is answered: one for too many attempts says when to come back (RFC 9110, Retry-After). */
export const refusalAnswer = (refused: Refusal | Throttled): Refusal =>
  'retryAfterS' in refused ? { ...refused, headers: { 'retry-after': String(refused.retryAfterS) } } : refused;

export const sessionAnswer = (signedIn: SignedIn) => {
  const { user, access } = signedIn;
  const value = {
    accessToken: access.token,
    expiresInS: access.expiresInS,
    user: { ...user, roles: [...user.roles] },
  };
  return ok(value, { cookies: [...sessionCookies(signedIn), ...deviceCookies(signedIn)] });
};
