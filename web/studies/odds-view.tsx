import type { ReactNode } from 'react';
import { ChanceDial } from '../charts/chance-dial';
import { AllCsvButton, FiguresTable, TableTwin } from '../charts/data-table';
import { EndBars } from '../charts/end-bars';
import { FanChart } from '../charts/fan-chart';
import { Histogram } from '../charts/histogram';
import { SizeMap } from '../charts/size-map';
import type { Odds, Study } from '../lib/contract';
import { drawdownColumns, underWaterColumns } from '../lib/odds/bars';
import type { DataTable } from '../lib/odds/table';
import {
  drawdownsTable,
  endsTable,
  fanTable,
  originTable,
  outcomesTable,
  scenariosTable,
  sizesTable,
  tablesOf,
  underWaterTable,
} from '../lib/odds/tables';
import { LIMITS, oddsSentence, safeSizeSentence } from '../lib/odds/words';
import { FirmFigures } from './firm-figures';
import { LuckCard } from './luck-card';
import { RiskFigures } from './risk-figures';
import { ScenarioTable } from './scenario-table';

/** A way to use the seed once more, and what its button says. */
export type Again = { readonly text: string; readonly act: () => void };

type OddsViewProps = {
  readonly study: Study;
  readonly odds: Odds;
  readonly floorUsd: string | undefined;
  readonly again: Again | undefined;
};

/** All that a completed study says, each picture with its table. */
export function OddsView({ study, odds, floorUsd, again }: OddsViewProps) {
  const filePrefix = `odds-${study.studyId}`;
  const part = { filePrefix };
  return (
    <>
      <section className="card odds-answer" aria-label="Chance of passing">
        <ChanceDial name="Chance of passing" chance={odds.passed} />
        <div>
          <p className="odds-sentence">{oddsSentence(odds)}</p>
          <RiskFigures odds={odds} />
          <TableTwin table={outcomesTable(odds)} {...part} />
        </div>
      </section>
      {odds.firm && <FirmFigures firm={odds.firm} odds={odds} filePrefix={filePrefix} />}
      {odds.ends.length > 0 && (
        <Part title="What ends it, and when" table={endsTable(odds)} {...part}>
          <EndBars odds={odds} />
        </Part>
      )}
      {odds.fan.length > 0 && (
        <Part title="Balance by day" table={fanTable(odds)} {...part}>
          <FanChart odds={odds} floorUsd={floorUsd} />
        </Part>
      )}
      <div className="odds-pair">
        {odds.drawdowns.length > 0 && (
          <Part title="Maximum drawdown" table={drawdownsTable(odds)} {...part}>
            <Histogram
              label="How many paths reach which maximum drawdown"
              name="Drawdown, below"
              columns={drawdownColumns(odds)}
              paths={odds.paths}
            />
          </Part>
        )}
        {odds.underWaterDays.length > 0 && (
          <Part title="Longest time under water" table={underWaterTable(odds)} {...part}>
            <Histogram
              label="How many paths stay below their highest balance for how long"
              name="Trading days"
              columns={underWaterColumns(odds)}
              paths={odds.paths}
            />
          </Part>
        )}
      </div>
      {odds.sizes.length > 1 && (
        <Part title="Size against outcome" table={sizesTable(odds)} {...part}>
          <p>{safeSizeSentence(odds)}</p>
          <SizeMap sizes={odds.sizes} />
        </Part>
      )}
      {odds.scenarios.length > 0 && (
        <Part title="What if" table={scenariosTable(odds)} {...part}>
          <ScenarioTable odds={odds} />
        </Part>
      )}
      {odds.validation && <LuckCard validation={odds.validation} />}
      <section className="card" aria-labelledby="limits">
        <h3 id="limits">What this cannot know</h3>
        <ul className="odds-limits">
          {LIMITS.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
        <p className="fine">
          Odds are no promise, and no advice. They say what would follow if trading went on as it was.
        </p>
      </section>
      <section className="card" aria-labelledby="again">
        <h3 id="again">Play it again</h3>
        <p className="muted">
          The same question with this seed plays the same paths, on any computer. An account that was traded since
          begins elsewhere, and draws from more trades.
        </p>
        <FiguresTable table={originTable(study, odds)} />
        <p className="row-actions">
          <AllCsvButton tables={tablesOf(study, odds)} filePrefix={filePrefix} />
          {again && (
            <button type="button" className="button" onClick={again.act}>
              {again.text}
            </button>
          )}
        </p>
      </section>
    </>
  );
}

type PartProps = {
  readonly title: string;
  readonly table: DataTable;
  readonly filePrefix: string;
  readonly children: ReactNode;
};

const Part = ({ title, table, filePrefix, children }: PartProps) => (
  <section className="card odds-part" aria-label={title}>
    <h3>{title}</h3>
    {children}
    <TableTwin table={table} filePrefix={filePrefix} />
  </section>
);
