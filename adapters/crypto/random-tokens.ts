import { createHash, randomBytes } from 'node:crypto';
import type { RandomTokens } from '../../usecases/ports/identity/tokens';

const TOKEN_BYTES = 32;

/** Nothing slow is needed to hash 256 random bits: there is nothing to guess. */
const hashOf = (token: string): string => createHash('sha256').update(token, 'utf8').digest('base64url');

export const randomTokens: RandomTokens = {
  make: () => {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    return { token, hash: hashOf(token) };
  },
  hashOf,
};
