import type { Instant } from '../../domain/kernel/instant';
import { DAY_MS } from '../../domain/kernel/instant';
import type { KnownDevices } from '../ports/identity/known-devices';
import type { RateLimit, RateLimiter } from '../ports/identity/rate-limiter';
import type { RandomTokens } from '../ports/identity/tokens';
import { type Client, type Throttled, throttle } from './throttle';

export type DeviceParts = {
  readonly devices: KnownDevices;
  readonly tokens: RandomTokens;
  readonly limiter: RateLimiter;
};

/** Half a year: whoever comes back later is a stranger to the limits, and can still sign in. */
export const DEVICE_KEPT_MS = 180 * DAY_MS;

/** The hash of the device's token when the account has been used with it before. */
export async function knownDevice(
  { devices, tokens }: DeviceParts,
  token: string | undefined,
  emailKey: string,
  at: Instant,
): Promise<string | undefined> {
  if (token === undefined) return undefined;
  const tokenHash = tokens.hashOf(token);
  return (await devices.isKnown(emailKey, tokenHash, at)) ? tokenHash : undefined;
}

type Limits = { readonly byDevice: RateLimit; readonly bySource: RateLimit; readonly byPair: RateLimit };

/** A device that is known has attempts of its own, whatever strangers did to the account or from the same network. */
export const throttleDevice = (
  { limiter }: DeviceParts,
  limits: Limits,
  device: string | undefined,
  { emailKey, ip }: { readonly emailKey: string; readonly ip: Client['ip'] },
): Promise<Throttled | undefined> =>
  throttle(
    limiter,
    device === undefined
      ? [
          [limits.bySource, ip],
          [limits.byPair, pairOf(emailKey, ip)],
        ]
      : [[limits.byDevice, device]],
  );

export const pairOf = (emailKey: string, ip: string): string => `${emailKey} ${ip}`;
