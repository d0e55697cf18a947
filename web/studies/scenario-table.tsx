import type { Odds } from '../lib/contract';
import { roundDollarsText } from '../lib/display';
import { chanceText, isAsTraded, shareOf } from '../lib/odds/chances';
import { SCENARIO_MEANS, SCENARIO_NAMES } from '../lib/odds/rules';
import { ScrollTable } from '../parts/scroll-table';

/** How the odds stand when something is otherwise than it was. */
export function ScenarioTable({ odds }: { readonly odds: Pick<Odds, 'scenarios' | 'sizes' | 'passed' | 'failed'> }) {
  const asTraded = odds.sizes.find(isAsTraded);
  return (
    <ScrollTable
      label="Scenarios"
      className="odds-scenarios"
      columns={[{ name: 'If', kind: 'words' }, 'Passes', 'Fails', 'Middle of all']}
    >
      <tr>
        <th scope="row" className="words">
          As it was
        </th>
        <td title={chanceText(odds.passed)}>{shareOf(odds.passed.share)}</td>
        <td title={chanceText(odds.failed)}>{shareOf(odds.failed.share)}</td>
        <td>{asTraded && roundDollarsText(asTraded.medianUsd)}</td>
      </tr>
      {odds.scenarios.map(({ name, passed, failed, medianUsd }) => (
        <tr key={name}>
          <th scope="row" className="words">
            {SCENARIO_NAMES[name]}
            <span className="cell-note">{SCENARIO_MEANS[name]}</span>
          </th>
          <td title={chanceText(passed)}>{shareOf(passed.share)}</td>
          <td title={chanceText(failed)}>{shareOf(failed.share)}</td>
          <td>{roundDollarsText(medianUsd)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
