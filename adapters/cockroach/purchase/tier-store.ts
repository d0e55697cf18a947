import { isoText } from '../../../domain/kernel/instant';
import type { Tier, TierStore } from '../../../usecases/ports/assessments/tier-store';
import type { Database } from '../connection/database';
import { programColumn, programOf } from './program-column';
import { findTier, listTiers, saveTier, type TierRow } from './tier.sql';

export const makeTierStore = (database: Database): TierStore => ({
  list: async () => (await database.query(listTiers)).map(tierOf),
  find: async (slug) => {
    const [row] = await database.query(findTier, [slug]);
    return row && tierOf(row);
  },
  save: async (tier, before, audit) => {
    const { tierId, slug, name, priceUsd, ruleSetVersion, ruleSetHash, program } = tier;
    const saved = await database.query(saveTier, [
      tierId,
      slug,
      name,
      priceUsd,
      ruleSetVersion,
      isoText(audit.at),
      before,
      ruleSetHash,
      programColumn(program),
      audit.auditId,
      audit.actor,
      audit.action,
      JSON.stringify(audit.detail),
      audit.correlationId,
    ]);
    return saved.length > 0 ? 'saved' : 'stale';
  },
});

const tierOf = (row: TierRow): Tier => ({
  tierId: row.tier_id,
  slug: row.slug,
  name: row.name,
  priceUsd: row.price_usd,
  ruleSetVersion: row.rule_set_version,
  ruleSetHash: row.hash,
  program: programOf(row.program),
});
