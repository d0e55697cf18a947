import type { ReactNode } from 'react';
import { roundDollars } from '../lib/display';
import { fillOf, SEVERITY_TEXT, severityOf } from '../lib/rules';

type RuleGaugeProps = {
  readonly name: string;
  readonly usedUsd: bigint;
  readonly limitUsd: bigint;
  readonly note?: ReactNode;
};

/** How much of a limit is used, and how much room is left until the rule breaks. */
export function RuleGauge({ name, usedUsd, limitUsd, note }: RuleGaugeProps) {
  const severity = severityOf(usedUsd, limitUsd);
  const room = limitUsd > usedUsd ? limitUsd - usedUsd : 0n;
  return (
    <div className={`gauge gauge-${severity}`}>
      <p className="gauge-name">
        {name} <span className="gauge-severity">{severity === 'calm' ? '' : SEVERITY_TEXT[severity]}</span>
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
        </span>
        {note}
      </p>
    </div>
  );
}

type TargetGaugeProps = {
  readonly profitUsd: bigint;
  readonly targetUsd: bigint;
  readonly tradesClosed: number;
  readonly tradesMin: number;
};

/** Closed profit on its way to the target, and the trades that are still needed. */
export function TargetGauge({ profitUsd, targetUsd, tradesClosed, tradesMin }: TargetGaugeProps) {
  const reached = profitUsd > 0n ? profitUsd : 0n;
  return (
    <div className="gauge gauge-target">
      <p className="gauge-name">Profit target</p>
      <p className="gauge-room">
        {roundDollars(profitUsd)} <span className="muted">of {roundDollars(targetUsd)}</span>
      </p>
      <Bar
        label={`Profit target: ${roundDollars(reached)} of ${roundDollars(targetUsd)} reached`}
        fill={fillOf(reached, targetUsd)}
      />
      <p className="gauge-note">
        <span>
          {tradesClosed} of {tradesMin} trades closed
        </span>
      </p>
    </div>
  );
}

/** The meter is what a screen reader reads; the bar beside it is what can be styled everywhere. */
const Bar = ({ label, fill }: { readonly label: string; readonly fill: number }) => (
  <>
    <meter className="hidden" aria-label={label} min={0} max={100} value={Math.round(fill / 10)} />
    <div className="gauge-bar" aria-hidden="true">
      <span style={{ width: `${fill / 10}%` }} />
    </div>
  </>
);
