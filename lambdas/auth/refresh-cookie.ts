import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { REFRESH_COOKIE } from '../../contracts/http/auth';
import type { SignedIn } from '../../usecases/identity/log-in';

/** Scripts never see it, and other sites neither send nor, by the prefix of its name, set it (docs/adr/0026). */
const cookie = (value: string, maxAgeS: number): string =>
  `${REFRESH_COOKIE}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict; Secure`;

export const forgottenCookie = (): string => cookie('', 0);

/** None when the browser has the newest token already. */
export const sessionCookies = ({ refresh }: SignedIn): readonly string[] =>
  refresh ? [cookie(refresh.token, Math.floor((refresh.expiresAt - refresh.at) / 1000))] : [];

export function presentedToken({ cookies = [] }: APIGatewayProxyEventV2): string | undefined {
  const prefix = `${REFRESH_COOKIE}=`;
  return cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length) || undefined;
}
