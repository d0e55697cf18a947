import type { Rules } from '../lib/contract';
import { explainRules } from '../lib/explain-rules';

type RuleListProps = {
  readonly rules: Rules;
  /** The main figures alone, without what they mean. */
  readonly isTerse?: boolean;
};

/** The rules of a phase; not terse, all of them, each with what it means. */
export const RuleList = ({ rules, isTerse = false }: RuleListProps) => (
  <dl className={isTerse ? 'rules rules-terse' : 'rules'}>
    {explainRules(rules)
      .filter(({ isMain }) => isMain || !isTerse)
      .map(({ name, value, share, means }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="rules-value">
              {value}
              {share && <span className="muted"> · {share}</span>}
            </span>
            {!isTerse && <span className="rules-means">{means}</span>}
          </dd>
        </div>
      ))}
  </dl>
);
