import type { ReactNode } from 'react';
import type { Tier } from '../lib/contract';
import { roundDollarsText } from '../lib/display';
import { programName, secondChance } from '../lib/programs';
import { RuleList } from './rule-list';

type TierCardProps = { readonly tier: Tier; readonly children: ReactNode };

/** A tier on sale: the main figures of each phase, and behind them everything in words. */
export const TierCard = ({ tier, children }: TierCardProps) => (
  <article className="card tier-card">
    <header>
      <h3>{tier.name}</h3>
      <p className="tier-size">
        {roundDollarsText(tier.phases[0]?.rules.startingUsd ?? '0')} <span className="muted">virtual account</span>
      </p>
      <p className="muted">{programName(tier)}</p>
    </header>
    {tier.phases.map(({ name, rules }, index) => (
      <section key={name} aria-label={`${tier.name}, ${name}`} className="tier-phase">
        {tier.phases.length > 1 && (
          <h4>
            {index + 1}. {name}
          </h4>
        )}
        <RuleList rules={rules} isTerse />
        <details>
          <summary>
            Every rule in words
            <span className="hidden">
              {' '}
              of {tier.name}, {name}
            </span>
          </summary>
          <RuleList rules={rules} />
        </details>
      </section>
    ))}
    <footer>
      <p className="fine">{secondChance(tier)}.</p>
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
