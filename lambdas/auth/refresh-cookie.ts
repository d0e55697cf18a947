import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { REFRESH_COOKIE, REFRESH_COOKIE_PATH } from '../../contracts/http/auth';
import { readConfig } from '../../runtime/config';
import type { SignedIn } from '../../usecases/log-in';

/** Scripts never see it, other sites never send it, and the browser shows it to the auth routes alone. */
const cookie = (value: string, maxAgeS: number): string => {
  const isSecure = readConfig('PUBLIC_ORIGIN').PUBLIC_ORIGIN.startsWith('https:');
  const flags = `Path=${REFRESH_COOKIE_PATH}; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict`;
  return `${REFRESH_COOKIE}=${value}; ${flags}${isSecure ? '; Secure' : ''}`;
};

export const forgottenCookie = (): string => cookie('', 0);

/** None when the browser has the newest token already. */
export const sessionCookies = ({ refresh }: SignedIn): readonly string[] =>
  refresh ? [cookie(refresh.token, Math.floor((refresh.expiresAt - refresh.at) / 1000))] : [];

export function presentedToken({ cookies = [] }: APIGatewayProxyEventV2): string | undefined {
  const prefix = `${REFRESH_COOKIE}=`;
  return cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length) || undefined;
}
