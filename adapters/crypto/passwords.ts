import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import type { Passwords } from '../../usecases/ports/passwords';

/** OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const PARAMETERS = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;
const SALT_BYTES = 16;

const COST = `m=${PARAMETERS.memorySize},t=${PARAMETERS.iterations},p=${PARAMETERS.parallelism}`;
/** A well-formed hash that no password has: verifying against it takes as long as against a real one. */
const NOBODYS = `$argon2id$v=19$${COST}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** argon2id in the PHC string format. Passwords are compared in one Unicode form, whatever keyboard they came from. */
export const makePasswords = (): Passwords => ({
  hash: (password) =>
    argon2id({
      ...PARAMETERS,
      password: password.normalize('NFKC'),
      salt: randomBytes(SALT_BYTES),
      outputType: 'encoded',
    }),
  verify: async (password, known) => {
    const isRight = await argon2Verify({ password: password.normalize('NFKC'), hash: known ?? NOBODYS });
    return isRight && known !== undefined;
  },
});
