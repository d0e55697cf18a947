import { makeIdentityStore } from '../../adapters/cockroach/identity/identity-store';
import { makeConnectionList } from '../../adapters/redis/sessions/connection-registry';
import { endAnySession } from '../../usecases/operations/end-any-session';
import { listConnections } from '../../usecases/operations/list-connections';
import { functionDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';
import { openRedis } from '../redis';
import { sessionParts } from './admission';

/** What operators see of live connections, and do about them. */
export const connectionDesk = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  return {
    listConnections: listConnections({
      connections: makeConnectionList(redis),
      identities: makeIdentityStore(database),
    }),
    endAnySession: endAnySession({ ...sessionParts(database, redis), clock: systemClock, ids: uuidIds }),
  };
});
