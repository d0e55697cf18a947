import type { ReactNode } from 'react';
import type { Tier } from '../lib/contract';
import { roundDollarsText } from '../lib/display';
import { RuleList } from './rule-list';

type TierCardProps = { readonly tier: Tier; readonly children: ReactNode };

export const TierCard = ({ tier, children }: TierCardProps) => (
  <article className="card tier-card">
    <header>
      <h3>{tier.name}</h3>
      <p className="tier-size">
        {roundDollarsText(tier.rules.startingUsd)} <span className="muted">virtual account</span>
      </p>
    </header>
    <RuleList rules={tier.rules} isTerse />
    <footer>
      <p className="tier-price">
        {roundDollarsText(tier.priceUsd)} <span className="muted">once</span>
      </p>
      {children}
      <p className="fine">
        Rules version {tier.ruleSetVersion}, <code>{tier.ruleSetHash.slice(0, 12)}</code>
      </p>
    </footer>
  </article>
);
