import type { Rules, Snapshot } from '../lib/contract';
import { roundDollars } from '../lib/display';
import { HOLDS } from '../lib/holds';
import { RULE_NAMES, severityOf, zoneText } from '../lib/rules';
import type { Standing } from '../lib/standing';
import { Notice } from '../parts/notice';

type DeskNoticesProps = {
  readonly snapshot: Snapshot;
  readonly rules: Rules;
  readonly standing: Standing;
};

/** What a trader must not overlook while the assessment runs: a hold, a pause, and limits that are nearly used. */
export function DeskNotices({ snapshot, rules, standing }: DeskNoticesProps) {
  if (snapshot.status !== 'active') return null;
  const used = standing.rooms.filter(({ rule, usedUsd, limitUsd }) =>
    isPressing(snapshot.standing.warned[rule], usedUsd, limitUsd),
  );
  return (
    <div className="desk-notices" aria-live="polite">
      {snapshot.hold && (
        <Notice tone="warn" title={HOLDS[snapshot.hold].title}>
          <p>{HOLDS[snapshot.hold].text}</p>
        </Notice>
      )}
      {snapshot.isPaused && (
        <Notice tone="warn" title="Trading is paused until the next trading day">
          <p>
            Orders that add risk are refused until {rules.dayResetAt} {zoneText(rules.dayZone)}. Closing works, and
            nothing has failed.
          </p>
        </Notice>
      )}
      {used.map(({ rule, usedUsd, limitUsd, leftUsd }) => (
        <Notice key={rule} tone="warn" title={`More than ${percentOf(usedUsd, limitUsd)} % of a limit is used`}>
          <p>
            {RULE_NAMES[rule]}: {roundDollars(leftUsd)} of {roundDollars(limitUsd)} are left once getting out is paid
            for.
          </p>
        </Notice>
      ))}
    </div>
  );
}

/** Warned of by the platform, and still so on screen: prices may have come back since. */
const isPressing = (warned: number | undefined, usedUsd: bigint, limitUsd: bigint): boolean =>
  (warned ?? 0) >= 80 && percentOf(usedUsd, limitUsd) >= 80;

const percentOf = (usedUsd: bigint, limitUsd: bigint): number => {
  const severity = severityOf(usedUsd, limitUsd);
  if (severity === 'calm' || severity === 'half') return 50;
  return severity === 'near' ? 80 : 95;
};
