import { CsvButton, FiguresTable } from '../charts/data-table';
import type { Odds } from '../lib/contract';
import { dollarsText } from '../lib/display';
import { chanceText } from '../lib/odds/chances';
import { firmTable } from '../lib/odds/tables';

type FirmFiguresProps = {
  readonly firm: NonNullable<Odds['firm']>;
  readonly odds: Odds;
  readonly filePrefix: string;
};

/** What one sale of a tier comes to, for who sells it. */
export function FirmFigures({ firm, odds, filePrefix }: FirmFiguresProps) {
  const table = firmTable(odds);
  return (
    <section className="card odds-part" aria-label="What it costs the firm">
      <h3>What it costs the firm</h3>
      <dl className="facts">
        <div>
          <dt>Pass, of all who buy</dt>
          <dd>{chanceText(firm.passed)}</dd>
        </div>
        <div>
          <dt>Paid out for each sale</dt>
          <dd>{dollarsText(firm.liabilityUsd)}</dd>
        </div>
        <div>
          <dt>Left of the price</dt>
          <dd>{dollarsText(firm.marginUsd)}</dd>
        </div>
        <div>
          <dt>Breaks even at a price of</dt>
          <dd>{dollarsText(firm.breakEvenUsd)}</dd>
        </div>
      </dl>
      {table && (
        <>
          <FiguresTable table={table} />
          <p>
            <CsvButton table={table} filePrefix={filePrefix} />
          </p>
        </>
      )}
    </section>
  );
}
