import { ruleSetText } from '../domain/assessment/evidence';
import { ruleFault } from '../domain/assessment/rule-faults';
import type { RuleSet } from '../domain/assessment/rules';
import type { TierId, UserId } from '../domain/kernel/ids';
import { formatUsd, type Usd } from '../domain/kernel/money';
import { accept, type Fault, type Result } from '../domain/kernel/result';
import { priceFault } from '../domain/purchase/price';
import type { Clock, Digest, Ids, Trace } from './ports/edge';
import type { Tier, TierStore } from './ports/tier-store';

export type PublishTier = {
  readonly slug: string;
  readonly name: string;
  readonly priceUsd: Usd;
  readonly rules: RuleSet;
  readonly actor: UserId | 'deployment';
  readonly trace: Trace;
};

export type PublishTierParts = {
  readonly tiers: TierStore;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly ids: Ids;
};

/**
 * Puts a tier on sale or changes it. Changed rules become the next version, known by the SHA-256 of their canonical
 * text; a new name or price keeps the version. What is sold already keeps the version it was sold with.
 */
export const publishTier =
  (parts: PublishTierParts) =>
  async (command: PublishTier): Promise<Result<Tier, 'rules_invalid' | 'price_invalid'>> => {
    const priceWrong = priceFault(command.priceUsd);
    if (priceWrong) return refusal('price_invalid', priceWrong);
    const rulesWrong = ruleFault(command.rules);
    if (rulesWrong) return refusal('rules_invalid', rulesWrong);
    for (;;) {
      const before = await parts.tiers.find(command.slug);
      const tier = nextTier(parts, command, before);
      const saved = await parts.tiers.save(tier, before?.ruleSetVersion ?? 0, auditOf(parts, command, tier));
      if (saved === 'saved') return accept(tier);
    }
  };

function nextTier({ digest, ids }: PublishTierParts, command: PublishTier, before: Tier | undefined): Tier {
  const { slug, name, priceUsd, rules } = command;
  const ruleSetHash = digest.sha256(ruleSetText(rules));
  const known = before ?? { tierId: ids.next<TierId>(), ruleSetVersion: 0, ruleSetHash: '' };
  const ruleSetVersion = known.ruleSetVersion + (known.ruleSetHash === ruleSetHash ? 0 : 1);
  return { tierId: known.tierId, slug, name, priceUsd, ruleSetVersion, ruleSetHash, rules };
}

const auditOf = ({ clock, ids }: PublishTierParts, { actor, trace }: PublishTier, tier: Tier) => ({
  auditId: ids.next<string>(),
  at: clock.now(),
  actor,
  action: 'tier.published',
  subject: tier.tierId,
  detail: {
    slug: tier.slug,
    name: tier.name,
    priceUsd: formatUsd(tier.priceUsd),
    ruleSetVersion: tier.ruleSetVersion,
    ruleSetHash: tier.ruleSetHash,
  },
  correlationId: trace.correlationId,
});

const refusal = <R extends string>(name: R, fault: Fault) => ({ ok: false, refusal: name, fault }) as const;
