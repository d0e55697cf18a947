import { type Program, programFault, programText } from '../../domain/assessment/progression/program';
import type { TierId, UserId } from '../../domain/kernel/ids';
import { formatUsd, type Usd } from '../../domain/kernel/money';
import { accept, type Fault, type Result } from '../../domain/kernel/result';
import { priceFault } from '../../domain/purchase/price';
import { CONFLICT, CONFLICTS_MAX, failAsBusy, withOptimisticRetry } from '../concurrency/optimistic-retry';
import type { Tier, TierStore } from '../ports/assessments/tier-store';
import type { Clock, Digest, Ids, Trace } from '../ports/clock-and-ids';

export type PublishTier = {
  readonly slug: string;
  readonly name: string;
  readonly priceUsd: Usd;
  readonly program: Program;
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
 * Puts a tier on sale or changes it. A changed program becomes the next version, known by the SHA-256 of its canonical
 * text; a new name or price keeps the version. What is sold already keeps the version it was sold with.
 */
export const publishTier =
  (parts: PublishTierParts) =>
  async (command: PublishTier): Promise<Result<Tier, 'rules_invalid' | 'price_invalid'>> => {
    const { program } = command;
    const priceWrong = priceFault(command.priceUsd) ?? resetPriceFault(program);
    if (priceWrong) return refusal('price_invalid', priceWrong);
    const programWrong = programFault(program);
    if (programWrong) return refusal('rules_invalid', programWrong);
    const attempt = async () => {
      const before = await parts.tiers.find(command.slug);
      const tier = nextTier(parts, command, before);
      const saved = await parts.tiers.save(tier, before?.ruleSetVersion ?? 0, auditOf(parts, command, tier));
      return saved === 'saved' ? accept(tier) : CONFLICT;
    };
    return withOptimisticRetry<Result<Tier, never>>(CONFLICTS_MAX, attempt, failAsBusy(`tier ${command.slug}`));
  };

function resetPriceFault({ resetPriceUsd }: Program): Fault | undefined {
  const fault = resetPriceUsd === null ? undefined : priceFault(resetPriceUsd);
  return fault && { field: 'resetPriceUsd', rule: fault.rule };
}

function nextTier({ digest, ids }: PublishTierParts, command: PublishTier, before: Tier | undefined): Tier {
  const { slug, name, priceUsd, program } = command;
  const ruleSetHash = digest.sha256(programText(program));
  const known = before ?? { tierId: ids.next<TierId>(), ruleSetVersion: 0, ruleSetHash: '' };
  const ruleSetVersion = known.ruleSetVersion + (known.ruleSetHash === ruleSetHash ? 0 : 1);
  return { tierId: known.tierId, slug, name, priceUsd, ruleSetVersion, ruleSetHash, program };
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
    phases: tier.program.phases.length,
    ruleSetVersion: tier.ruleSetVersion,
    ruleSetHash: tier.ruleSetHash,
  },
  correlationId: trace.correlationId,
});

const refusal = <R extends string>(name: R, fault: Fault) => ({ ok: false, refusal: name, fault }) as const;
