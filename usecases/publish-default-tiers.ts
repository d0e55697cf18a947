import type { RuleSet } from '../domain/assessment/rules';
import { invariant } from '../domain/kernel/invariant';
import { divide, parseUsd, type Usd, usd } from '../domain/kernel/money';
import type { Trace } from './ports/edge';
import { type PublishTierParts, publishTier } from './publish-tier';

type Offer = { readonly slug: string; readonly name: string; readonly priceUsd: string; readonly startingUsd: string };

const OFFERS: readonly Offer[] = [
  { slug: 'sprint-10k', name: 'Sprint 10K', priceUsd: '89', startingUsd: '10000' },
  { slug: 'standard-25k', name: 'Standard 25K', priceUsd: '189', startingUsd: '25000' },
  { slug: 'advanced-50k', name: 'Advanced 50K', priceUsd: '299', startingUsd: '50000' },
  { slug: 'master-100k', name: 'Master 100K', priceUsd: '499', startingUsd: '100000' },
];

/** 8 % to win, 10 % to lose in all, 5 % a day, 3 % in one position, five trades, at most five times the equity. */
const rulesFor = (startingUsd: Usd): RuleSet => {
  const percent = (n: bigint): Usd => usd(divide(startingUsd * n, 100n, 'floor'));
  return {
    startingUsd,
    profitTargetUsd: percent(8n),
    maxDrawdownUsd: percent(10n),
    dailyLossUsd: percent(5n),
    riskPerTradeUsd: percent(3n),
    tradesMin: 5,
    leverageMax: 5,
    dayZone: 'UTC',
    dayResetAt: '00:00',
  };
};

/** Fills an empty shop, so that a fresh installation has something to sell; a shop with tiers stays as it is. */
export const publishDefaultTiers =
  (parts: PublishTierParts) =>
  async (trace: Trace): Promise<readonly string[]> => {
    if ((await parts.tiers.list()).length > 0) return [];
    for (const { slug, name, priceUsd, startingUsd } of OFFERS) {
      const rules = rulesFor(dollars(startingUsd));
      const published = await publishTier(parts)({
        ...{ slug, name, priceUsd: dollars(priceUsd), rules },
        ...{ actor: 'deployment' as const, trace },
      });
      invariant(published.ok, `the default tier ${slug} is sound`);
    }
    return OFFERS.map(({ slug }) => slug);
  };

const dollars = (text: string): Usd => parseUsd(text) as Usd;
