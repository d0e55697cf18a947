import type { ReactNode } from 'react';
import { roundDollars } from '../lib/display';
import { fillOf, SEVERITY_TEXT, severityOf } from '../lib/rules';

type RuleGaugeProps = {
  readonly name: string;
  readonly usedUsd: bigint;
  readonly limitUsd: bigint;
  readonly floorUsd: bigint | undefined;
  readonly note?: ReactNode;
};

/** How much of a limit is used, how much room is left until the rule breaks, and where its floor is. */
export function RuleGauge({ name, usedUsd, limitUsd, floorUsd, note }: RuleGaugeProps) {
  const severity = severityOf(usedUsd, limitUsd);
  const room = limitUsd > usedUsd ? limitUsd - usedUsd : 0n;
  return (
    <div className={`gauge gauge-${severity}`}>
      <p className="gauge-name">
        {name} <span className="gauge-severity">{SEVERITY_TEXT[severity]}</span>
      </p>
      <p className="gauge-room">
        {roundDollars(room)} <span className="muted">left</span>
      </p>
      <Bar
        label={`${name}: ${roundDollars(usedUsd)} of ${roundDollars(limitUsd)} used`}
        fill={fillOf(usedUsd, limitUsd)}
      />
      <p className="gauge-note">
        <span>
          {roundDollars(usedUsd)} of {roundDollars(limitUsd)} used
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
