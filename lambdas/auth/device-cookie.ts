import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { REFRESH_COOKIE_PATH } from '../../contracts/http/auth';
import { readConfig } from '../../runtime/config';
import type { SignedIn } from '../../usecases/log-in';

/** What the limits know a browser by. It opens nothing: whoever steals it gets attempts of their own, no more. */
const DEVICE_COOKIE = 'pg_device';

const isSecure = (): boolean => readConfig('PUBLIC_ORIGIN').PUBLIC_ORIGIN.startsWith('https:');

/** A name that browsers take from a secure page alone, where there is one. */
const cookieName = (): string => (isSecure() ? `__Secure-${DEVICE_COOKIE}` : DEVICE_COOKIE);

export const deviceCookies = ({ device }: SignedIn): readonly string[] => {
  if (!device) return [];
  const seconds = Math.floor((device.expiresAt - device.at) / 1000);
  const flags = `Path=${REFRESH_COOKIE_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
  return [`${cookieName()}=${device.token}; ${flags}${isSecure() ? '; Secure' : ''}`];
};

/** Undefined for anything that is no token of ours. */
export function presentedDevice({ cookies = [] }: APIGatewayProxyEventV2): string | undefined {
  const prefix = `${cookieName()}=`;
  const value = cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}
