import type { Rules } from '../lib/contract';
import { explainRules, RULE_MEANINGS } from '../lib/rules';

type RuleListProps = { readonly rules: Rules; readonly isTerse?: boolean };

/** The figures of a tier or an assessment; not terse, each with what it means. */
export const RuleList = ({ rules, isTerse = false }: RuleListProps) => (
  <dl className={isTerse ? 'rules rules-terse' : 'rules'}>
    {explainRules(rules).map(({ name, value, share }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <span className="rules-value">
            {value}
            {share && <span className="muted"> · {share}</span>}
          </span>
          {!isTerse && <span className="rules-means">{RULE_MEANINGS[name]}</span>}
        </dd>
      </div>
    ))}
  </dl>
);

/** What the rules mean, for all tiers at once. */
export const RuleMeanings = () => (
  <dl className="rules">
    {Object.entries(RULE_MEANINGS).map(([name, meaning]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
);
