import type { Database } from '../../adapters/cockroach/connection/database';
import { makeTierStore } from '../../adapters/cockroach/purchase/tier-store';
import { firmTemplates } from '../../usecases/assessment/firm-templates';
import { publishDefaultTiers } from '../../usecases/assessment/publish-default-tiers';
import { publishTier } from '../../usecases/assessment/publish-tier';
import { functionDatabase } from '../database';
import { sha256Digest, systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';

const partsOn = (database: Database) => ({
  tiers: makeTierStore(database),
  digest: sha256Digest,
  clock: systemClock,
  ids: uuidIds,
});

/** What the function `tiers` does. */
export const shop = lazy(async () => {
  const parts = partsOn(await functionDatabase());
  return { templates: firmTemplates, listTiers: parts.tiers.list, publishTier: publishTier(parts) };
});

export const defaultTiersOn = (database: Database) => publishDefaultTiers(partsOn(database));
