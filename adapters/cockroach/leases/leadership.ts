import { isoText, plusMs } from '../../../domain/kernel/instant';
import type { Leadership } from '../../../usecases/ports/operations/leadership';
import type { Database } from '../connection/database';
import { claimLeadership, resignLeadership } from './leadership.sql';

export const makeLeadership = (database: Database): Leadership => ({
  claim: async (role, owner, now, expiresAfterMs) => {
    const expired = isoText(plusMs(now, -expiresAfterMs));
    return (await database.query(claimLeadership, [role, owner, isoText(now), expired])).length > 0;
  },
  resign: async (role, owner) => {
    await database.write(resignLeadership, [role, owner]);
  },
});
