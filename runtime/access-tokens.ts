import type { AccessTokens } from '../usecases/ports/identity/tokens';
import { signingKeys } from './keys';

/** Issues and verifies with the keys of the moment. */
export const currentAccessTokens: AccessTokens = {
  issue: async (claims, at) => (await signingKeys()).accessTokens.issue(claims, at),
  verify: async (token, at) => (await signingKeys()).accessTokens.verify(token, at),
};
