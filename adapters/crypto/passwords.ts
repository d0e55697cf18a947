import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import { passwordFault } from '../../contracts/passwords/strength';
import type { Passwords } from '../../usecases/ports/identity/passwords';

/** OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const PARAMETERS = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;
const SALT_BYTES = 16;

const COST = `m=${PARAMETERS.memorySize},t=${PARAMETERS.iterations},p=${PARAMETERS.parallelism}`;
/** A well-formed hash that no password has: verifying against it takes as long as against a real one. */
const NOBODYS = `$argon2id$v=19$${COST}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * One spelling of the same character, whatever keyboard it came from (NFC, as the OpaqueString profile of RFC 8265 has
 * it). Characters that only resemble one another stay apart: `①` is not `1`.
 */
const typed = (password: string): string => password.normalize('NFC');

/** argon2id in the PHC string format. */
export const makePasswords = (): Passwords => ({
  hash: (password) =>
    argon2id({
      ...PARAMETERS,
      password: typed(password),
      salt: randomBytes(SALT_BYTES),
      outputType: 'encoded',
    }),
  verify: async (password, known) => {
    const isRight = await argon2Verify({ password: typed(password), hash: known ?? NOBODYS });
    return isRight && known !== undefined;
  },
  faultOf: passwordFault,
});
