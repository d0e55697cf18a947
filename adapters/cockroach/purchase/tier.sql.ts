import type { TierId } from '../../../domain/kernel/ids';
import type { Usd } from '../../../domain/kernel/money';
import { fragment, sql } from '../connection/statement';

export type TierRow = {
  readonly tier_id: TierId;
  readonly slug: string;
  readonly name: string;
  readonly price_usd: Usd;
  readonly rule_set_version: number;
  readonly hash: string;
  readonly program: string;
};

const current = fragment`
  SELECT tiers.tier_id, tiers.slug, tiers.name, tiers.price_usd, tiers.rule_set_version, rule_sets.hash,
    rule_sets.program::TEXT AS program
  FROM tiers
  JOIN rule_sets ON rule_sets.tier_id = tiers.tier_id AND rule_sets.version = tiers.rule_set_version`;

export const listTiers = sql<TierRow>('list_tiers')`${current} ORDER BY tiers.price_usd, tiers.slug`;

export const findTier = sql<TierRow>('find_tier')`${current} WHERE tiers.slug = $1::TEXT`;

/**
 * $1–$5 the tier, $6 now, $7 the version it replaces, $8 hash, $9 program, $10–$14 audit. No row: another version was
 * published meanwhile. An unchanged program keeps its row.
 */
export const saveTier = sql<{ tier_id: TierId }>('save_tier')`
  WITH published AS (
    INSERT INTO tiers (tier_id, slug, name, price_usd, rule_set_version, published_at)
    VALUES ($1::UUID, $2::TEXT, $3::TEXT, $4::INT8, $5::INT4, $6::TIMESTAMPTZ)
    ON CONFLICT (slug) DO UPDATE
    SET name = excluded.name, price_usd = excluded.price_usd, rule_set_version = excluded.rule_set_version,
      published_at = excluded.published_at
    WHERE tiers.rule_set_version = $7::INT4
    RETURNING tier_id, rule_set_version
  ), ruled AS (
    INSERT INTO rule_sets (tier_id, version, hash, program, created_at)
    SELECT published.tier_id, published.rule_set_version, $8::TEXT, $9::JSONB, $6::TIMESTAMPTZ FROM published
    ON CONFLICT (tier_id, version) DO NOTHING
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $10::UUID, $6::TIMESTAMPTZ, $11::TEXT, $12::TEXT, published.tier_id::TEXT, $13::JSONB, $14::TEXT
    FROM published
  )
  SELECT published.tier_id FROM published`;
