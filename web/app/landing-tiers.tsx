'use client';

import Link from 'next/link';
import { TierList } from '../parts/tier-list';

export const LandingTiers = () => (
  <TierList
    action={(tier) => (
      <Link className="button button-quiet button-wide" href="/tiers/">
        Buy<span className="hidden"> {tier.name}</span>
      </Link>
    )}
  />
);
