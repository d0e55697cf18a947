import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { makeIdentityStore } from '../adapters/cockroach/identity/identity-store';
import { makeSessionCache } from '../adapters/redis/session-cache';
import { openDatabase } from '../runtime/database';
import { systemClock, uuidIds } from '../runtime/edge';
import { openRedis } from '../runtime/redis';
import { grantRole } from '../usecases/grant-role';
import type { Role } from '../usecases/ports/session';

const ROLES: readonly Role[] = ['trader', 'risk', 'finance', 'admin'];
const USAGE = `npm run grant-role -- <e-mail address> <${ROLES.join('|')}>`;

/**
 * Gives a user a role: the first admin cannot come from the API. Works on DATABASE_SECRET and REDIS_SECRET, or on the
 * local platform. Recorded in the audit log as the operator's.
 */
async function main([email, name]: readonly string[]): Promise<number> {
  const role = ROLES.find((one) => one === name);
  if (!email || !role) {
    console.error(USAGE);
    return 2;
  }
  const secret = (file: string) => pathToFileURL(resolve(__dirname, `../.local/secrets/${file}.json`)).href;
  process.env.DATABASE_SECRET ??= secret('database');
  process.env.REDIS_SECRET ??= secret('redis');
  process.env.SERVICE_NAME ??= 'grant-role';
  const [database, redis] = [await openDatabase('tool'), await openRedis()];
  try {
    const parts = {
      identities: makeIdentityStore(database),
      cache: makeSessionCache(redis),
      clock: systemClock,
      ids: uuidIds,
    };
    const trace = { correlationId: uuidv7(), traceparent: null };
    const granted = await grantRole(parts)({ email, role, actor: 'operator', trace });
    console.log(
      granted.ok ? `${email} has the roles ${granted.value.roles.join(', ')}` : `nobody has the address ${email}`,
    );
    return granted.ok ? 0 : 1;
  } finally {
    redis.disconnect();
    await database.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
