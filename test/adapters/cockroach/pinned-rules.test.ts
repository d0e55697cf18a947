import { ruleSetColumn } from '../../../adapters/cockroach/account-rows';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessment-store';
import type { Database } from '../../../adapters/cockroach/database';
import { sql } from '../../../adapters/cockroach/statement';
import type { PurchaseId, TierId } from '../../../domain/kernel/ids';
import { uuidIds } from '../../../runtime/edge';
import { dollars, rules } from './story';
import { migratedDatabase } from './test-database';

const putUser = sql<never>('test_put_user')`
  INSERT INTO users (user_id, email, email_key, display_name, password_hash, roles, created_at)
  VALUES ($1::UUID, 'a@b.example', 'a@b.example', 'A', 'x', '{}', now())`;
const putTier = sql<never>('test_put_tier')`
  INSERT INTO tiers (tier_id, slug, name, price_usd, rule_set_version, published_at)
  VALUES ($1::UUID, 'standard', 'Renamed', 1, 2, now())`;
const putRules = sql<never>('test_put_rules')`
  INSERT INTO rule_sets (tier_id, version, hash, rules, created_at)
  VALUES ($1::UUID, $2::INT4, $3::TEXT, $4::JSONB, now())`;
const putPurchase = sql<never>('test_put_purchase')`
  INSERT INTO purchases (purchase_id, user_id, tier_id, tier_slug, tier_name, price_usd, rule_set_version,
    rule_set_hash, assessment_id, created_at, version, is_paid, is_expired, refunded_usd, disputes, is_granted)
  VALUES ($1::UUID, $2::UUID, $3::UUID, 'standard', 'Standard', 1, 1, $4::TEXT, $1::UUID, now(), 1, true, false, 0,
    '[]', true)`;

/** Goal: what was bought is judged by the rules of that day, whatever the tier says now. */
describe('pinned rules', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase();
  });
  afterAll(() => database.close());

  test('a purchase keeps the name and the rules of its version after the tier changed both', async () => {
    const [userId, tierId, purchaseId] = [uuidIds.next<string>(), uuidIds.next<TierId>(), uuidIds.next<PurchaseId>()];
    const [hash, newHash] = ['a'.repeat(64), 'b'.repeat(64)];
    await database.write(putUser, [userId]);
    await database.write(putTier, [tierId]);
    await database.write(putRules, [tierId, 1, hash, ruleSetColumn(rules)]);
    await database.write(putRules, [tierId, 2, newHash, ruleSetColumn({ ...rules, dailyLossUsd: dollars(1) })]);
    await database.write(putPurchase, [purchaseId, userId, tierId, hash]);
    expect(await makeAssessmentStore(database).pinnedRules(purchaseId)).toEqual({
      ...{ tierId, tierName: 'Standard', ruleSetVersion: 1, ruleSetHash: hash, rules },
    });
  });

  test('a purchase that nobody made has none', async () => {
    expect(await makeAssessmentStore(database).pinnedRules(uuidIds.next<PurchaseId>())).toBeUndefined();
  });
});
