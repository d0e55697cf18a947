'use client';

import type { Rules, Snapshot } from '../lib/contract';
import { change, dollars, toneOf } from '../lib/display';
import { readUsd } from '../lib/read-decimal';
import { countdownText, untilResetMs } from '../lib/reset-countdown';
import { gaugeName } from '../lib/rules';
import type { Standing } from '../lib/standing';
import { RuleGauge } from './rule-gauge';
import { useSecond } from './use-quote';

type StandingStripProps = {
  readonly snapshot: Snapshot;
  readonly rules: Rules;
  readonly standing: Standing;
  /** The platform's time. */
  readonly clock: () => number;
};

/** What the account is worth, and the room under each of its limits, every way out counted. */
export function StandingStrip({ snapshot, rules, standing, clock }: StandingStripProps) {
  const now = useSecond(clock);
  const { equityUsd, balanceUsd, rooms } = standing;
  const today = (equityUsd ?? balanceUsd) - readUsd(snapshot.dayAnchorUsd);
  return (
    <section className="standing" aria-label="Account and rules">
      <div className="worth">
        <p className="worth-name">Equity</p>
        <p className="worth-main" data-testid="equity">
          {equityUsd === undefined ? 'No price' : dollars(equityUsd)}
        </p>
        <dl>
          <div>
            <dt>Balance</dt>
            <dd data-testid="balance">{dollars(balanceUsd)}</dd>
          </div>
          <div>
            <dt>Today</dt>
            <dd className={toneOf(today)}>{change(today)}</dd>
          </div>
        </dl>
      </div>
      {rooms.map(({ rule, usedUsd, limitUsd, leftUsd, floorUsd }) => (
        <RuleGauge
          key={rule}
          name={gaugeName(rule, rules)}
          usedUsd={usedUsd}
          limitUsd={limitUsd}
          leftUsd={leftUsd}
          floorUsd={floorUsd}
          note={
            rule === 'daily_loss' &&
            snapshot.status === 'active' && (
              <span className="countdown" title={`Resets at ${rules.dayResetAt} ${rules.dayZone}`}>
                resets in {countdownText(untilResetMs(rules, now))}
              </span>
            )
          }
        />
      ))}
    </section>
  );
}
