import { invariant } from '../../domain/kernel/invariant';
import type { Trace } from '../ports/clock-and-ids';
import { defaultOffers } from './default-tiers';
import { type PublishTierParts, publishTier } from './publish-tier';

/** Fills an empty shop, so that a fresh installation has something to sell; a shop with tiers stays as it is. */
export const publishDefaultTiers =
  (parts: PublishTierParts) =>
  async (trace: Trace): Promise<readonly string[]> => {
    if ((await parts.tiers.list()).length > 0) return [];
    const offers = defaultOffers();
    for (const offer of offers) {
      const published = await publishTier(parts)({ ...offer, actor: 'deployment', trace });
      invariant(published.ok, `the default tier ${offer.slug} is sound`);
    }
    return offers.map(({ slug }) => slug);
  };
