import type { Odds } from '../lib/contract';
import { roundDollarsText, shareText } from '../lib/display';
import { chanceText, sizeText } from '../lib/odds/chances';
import { daysText } from '../lib/odds/words';

/** What a risk desk would ask first. */
export const RiskFigures = ({ odds }: { readonly odds: Odds }) => (
  <dl className="facts odds-facts">
    <Fact name="Fails" value={shareText(odds.failed.share)} title={chanceText(odds.failed)} />
    <Fact name="Still open at the end" value={shareText(odds.open.share)} title={chanceText(odds.open)} />
    <Fact name="Breaks the maximum loss" value={shareText(odds.ruin.share)} title={chanceText(odds.ruin)} />
    {odds.expectedDays !== null && <Fact name="Verdict after" value={daysText(odds.expectedDays)} />}
    <Fact
      name="Value at risk"
      value={roundDollarsText(odds.valueAtRiskUsd)}
      title="Nineteen in twenty paths lose no more than this"
    />
    <Fact
      name="When it is worse than that"
      value={roundDollarsText(odds.conditionalValueAtRiskUsd)}
      title="The mean loss of the worst twentieth of all paths"
    />
    {odds.safeSize !== null && (
      <Fact
        name="Size at 5 % risk"
        value={sizeText(odds.safeSize)}
        title="Up to this size the chance of breaking a loss limit is at most 5 %"
      />
    )}
  </dl>
);

type FactProps = { readonly name: string; readonly value: string; readonly title?: string };

const Fact = ({ name, value, title }: FactProps) => (
  <div title={title}>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
