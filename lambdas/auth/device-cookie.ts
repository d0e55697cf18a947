import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { SignedIn } from '../../usecases/identity/log-in';

/** Lets the rate limits recognize a browser. It grants no access: a thief gains attempts of their own, no more. */
const DEVICE_COOKIE = '__Host-pg_device';

export const deviceCookies = ({ device }: SignedIn): readonly string[] => {
  if (!device) return [];
  const seconds = Math.floor((device.expiresAt - device.at) / 1000);
  return [`${DEVICE_COOKIE}=${device.token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict; Secure`];
};

/** Undefined for anything that is no token of ours. */
export function presentedDevice({ cookies = [] }: APIGatewayProxyEventV2): string | undefined {
  const prefix = `${DEVICE_COOKIE}=`;
  const value = cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}
