import { generateKeyPairSync } from 'node:crypto';
import type { KalshiKey } from '../../../../adapters/venues/kalshi/wire/signing';
import type { Member } from '../../../../local/simulators/kalshi/signature';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const keyId = '7b1a6f2e-0c3d-4f55-9a7b-5e2d9c1f0a11';

/** A key that the simulator of the lab knows. */
export const KALSHI_KEY: KalshiKey = { keyId, privateKey };
export const KALSHI_MEMBER: Member = { keyId, publicKey };
