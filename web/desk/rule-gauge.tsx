import type { ReactNode } from 'react';
import { roundDollars } from '../lib/display';
import { fillOf, SEVERITY_TEXT, severityOf } from '../lib/rules';

type RuleGaugeProps = {
  readonly name: string;
  readonly usedUsd: bigint;
  readonly limitUsd: bigint;
  readonly leftUsd: bigint;
  readonly floorUsd: bigint | undefined;
  readonly note?: ReactNode;
};

/** How much of a limit is used, how much may be lost yet with the way out paid for, and where its floor is. */
export function RuleGauge({ name, usedUsd, limitUsd, leftUsd, floorUsd, note }: RuleGaugeProps) {
  const severity = severityOf(limitUsd - leftUsd, limitUsd);
  // A profit hides a part of it: then what is left says enough.
  const outUsd = usedUsd > 0n ? limitUsd - usedUsd - leftUsd : 0n;
  const isTrapped = leftUsd <= 0n && usedUsd < limitUsd;
  return (
    <div className={`gauge gauge-${severity}`}>
      <p className="gauge-name">
        {name} <span className="gauge-severity">{isTrapped ? 'Getting out breaks it' : SEVERITY_TEXT[severity]}</span>
      </p>
      <p className="gauge-room">
        {roundDollars(leftUsd)} <span className="muted">left</span>
      </p>
      <Bar
        label={`${name}: ${roundDollars(usedUsd)} of ${roundDollars(limitUsd)} used`}
        fill={fillOf(limitUsd - leftUsd, limitUsd)}
      />
      <p className="gauge-note">
        <span>
          {roundDollars(usedUsd)} of {roundDollars(limitUsd)} used
          {outUsd > 0n && `, ${roundDollars(outUsd)} to get out`}
          {floorUsd !== undefined && `, floor ${roundDollars(floorUsd)}`}
        </span>
        {note}
      </p>
    </div>
  );
}

/** The meter is what a screen reader reads; the bar beside it is what can be styled everywhere. */
export const Bar = ({ label, fill }: { readonly label: string; readonly fill: number }) => (
  <>
    <meter className="hidden" aria-label={label} min={0} max={100} value={Math.round(fill / 10)} />
    <div className="gauge-bar" aria-hidden="true">
      <span style={{ width: `${fill / 10}%` }} />
    </div>
  </>
);
