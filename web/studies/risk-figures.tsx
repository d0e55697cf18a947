import type { Odds } from '../lib/contract';
import { chanceText, shareOf, sizeText } from '../lib/odds/chances';
import { daysText, lossText } from '../lib/odds/words';

/** What a risk desk would ask first. */
export const RiskFigures = ({ odds }: { readonly odds: Odds }) => (
  <dl className="facts odds-facts">
    <Fact name="Fails" value={shareOf(odds.failed.share)} title={chanceText(odds.failed)} />
    <Fact name="Still open at the end" value={shareOf(odds.open.share)} title={chanceText(odds.open)} />
    <Fact name="Breaks the maximum loss" value={shareOf(odds.ruin.share)} title={chanceText(odds.ruin)} />
    {odds.expectedDays !== null && <Fact name="Verdict after" value={daysText(odds.expectedDays)} />}
    <Fact
      name="Value at risk"
      value={lossText(odds.valueAtRiskUsd)}
      title="Nineteen in twenty paths lose no more than this"
    />
    <Fact
      name="When it is worse than that"
      value={lossText(odds.conditionalValueAtRiskUsd)}
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
