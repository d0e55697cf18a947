import type { Odds, Study } from '../contract';
import { dateTime, roundDollarsText } from '../display';
import { type Chance, partText, shareOf, sizeText } from './chances';
import { endName, SCENARIO_NAMES } from './rules';
import { type Cell, count, type DataTable, words } from './table';
import { daysText } from './words';

const money = (text: string): Cell => ({ shown: roundDollarsText(text), raw: text });
const share = (text: string): Cell => ({ shown: shareOf(text), raw: text });
const size = (text: string): Cell => ({ shown: sizeText(text), raw: text });
const part = (paths: number, of: number): Cell => ({ shown: partText(paths, of), raw: (paths / of).toFixed(6) });

const chanceCells = ({ share: middle, low, high }: Chance): readonly Cell[] => [share(middle), share(low), share(high)];

export const outcomesTable = ({ passed, failed, open, ruin }: Odds): DataTable => ({
  slug: 'outcomes',
  title: 'How it ends',
  columns: ['Outcome', 'Chance', 'At least', 'At most'],
  rows: [
    [words('Passes'), ...chanceCells(passed)],
    [words('Fails'), ...chanceCells(failed)],
    [words('Still open'), ...chanceCells(open)],
    [words('Breaks the maximum loss'), ...chanceCells(ruin)],
  ],
});

export const endsTable = ({ ends, paths: all }: Odds): DataTable => ({
  slug: 'ends',
  title: 'What ends it, and when',
  columns: ['Ended by', 'Trading day', 'Paths', 'Share of all'],
  rows: ends.map((end) => [
    words(endName(end)),
    // What has not ended has no day of its end.
    end.outcome === 'open' ? { shown: '—', raw: '' } : count(end.day),
    count(end.paths),
    part(end.paths, all),
  ]),
});

export const fanTable = ({ fan }: Odds): DataTable => ({
  slug: 'balances',
  title: 'Balance by day',
  columns: ['Trading day', '5 % are below', '25 % are below', 'Half are below', '75 % are below', '95 % are below'],
  rows: fan.map(({ p5, p25, p50, p75, p95 }, day) => [words(String(day + 1)), ...[p5, p25, p50, p75, p95].map(money)]),
});

export const drawdownsTable = ({ drawdowns, paths: all }: Odds): DataTable => ({
  slug: 'drawdowns',
  title: 'Maximum drawdown',
  columns: ['Below', 'Paths', 'Share of all'],
  rows: drawdowns.map(({ upToUsd, paths }) => [money(upToUsd), count(paths), part(paths, all)]),
});

export const underWaterTable = ({ underWaterDays, paths: all }: Odds): DataTable => ({
  slug: 'under-water',
  title: 'Longest time under water',
  columns: ['Trading days', 'Paths', 'Share of all'],
  rows: underWaterDays.map(({ days, paths }) => [words(String(days)), count(paths), part(paths, all)]),
});

export const sizesTable = ({ sizes }: Odds): DataTable => ({
  slug: 'sizes',
  title: 'Size against outcome',
  columns: ['Size', 'Passes', 'At least', 'At most', 'Fails', 'Still open', 'Median balance'],
  rows: sizes.map(({ size: times, passed, failed, open, medianUsd }) => [
    size(times),
    ...chanceCells(passed),
    share(failed.share),
    share(open.share),
    money(medianUsd),
  ]),
});

export const scenariosTable = ({ scenarios }: Odds): DataTable => ({
  slug: 'scenarios',
  title: 'What if',
  columns: ['Scenario', 'Passes', 'At least', 'At most', 'Fails', 'Still open', 'Median balance'],
  rows: scenarios.map(({ name, passed, failed, open, medianUsd }) => [
    words(SCENARIO_NAMES[name]),
    ...chanceCells(passed),
    share(failed.share),
    share(open.share),
    money(medianUsd),
  ]),
});

const figuresTable = (odds: Odds): DataTable => ({
  slug: 'figures',
  title: 'Figures of risk',
  columns: ['Figure', 'Value'],
  rows: [
    [words('Value at risk (worst 5 %)'), money(odds.valueAtRiskUsd)],
    [words('Mean loss of the worst 5 %'), money(odds.conditionalValueAtRiskUsd)],
    ...(odds.expectedDays === null
      ? []
      : [[words('Mean day of a verdict'), { shown: daysText(odds.expectedDays), raw: odds.expectedDays }]]),
    ...(odds.safeSize === null ? [] : [[words('Size at 5 % risk of a loss limit'), size(odds.safeSize)]]),
  ],
});

function validationTable({ validation }: Odds): DataTable | undefined {
  if (!validation) return undefined;
  return {
    slug: 'luck',
    title: 'Edge or luck',
    columns: ['Figure', 'Value'],
    rows: [
      [words('Closed trades'), count(validation.trades)],
      [words('Attempts taken into account'), count(validation.trials)],
      [words('Mean run of trades'), count(validation.meanBlock)],
      [words('p-value'), share(validation.pValue)],
      [words('Mean of a trade'), money(validation.meanUsd)],
      [words('Mean of a trade, at least'), money(validation.meanLowUsd)],
      [words('Mean of a trade, at most'), money(validation.meanHighUsd)],
      [words('Result of all, low (5 %)'), money(validation.finalLowUsd)],
      [words('Result of all, middle'), money(validation.finalMedianUsd)],
      [words('Result of all, high (95 %)'), money(validation.finalHighUsd)],
      [words('Maximum drawdown, middle'), money(validation.drawdownMedianUsd)],
      [words('Maximum drawdown, high (95 %)'), money(validation.drawdownHighUsd)],
      [words('Sharpe ratio of a trade'), words(validation.sharpe)],
      [words('Deflated Sharpe ratio'), share(validation.deflatedSharpe)],
    ],
  };
}

export function firmTable({ firm }: Odds): DataTable | undefined {
  if (!firm) return undefined;
  return {
    slug: 'strategies',
    title: 'By strategy',
    columns: ['Strategy', 'Weight', 'Passes', 'At least', 'At most', 'Fails', 'Still open'],
    rows: firm.strategies.map(({ weight, passed, failed, open }, index) => [
      words(`Strategy ${index + 1}`),
      share(weight),
      ...chanceCells(passed),
      share(failed.share),
      share(open.share),
    ]),
  };
}

/** What anybody needs to play the same paths again. */
export const originTable = (study: Pick<Study, 'studyId' | 'tierName' | 'requestedAt'>, odds: Odds): DataTable => ({
  slug: 'origin',
  title: 'How to play it again',
  columns: ['What', 'Value'],
  rows: [
    [words('Study'), words(study.studyId)],
    [words('Tier'), words(study.tierName)],
    [words('Asked'), { shown: dateTime(study.requestedAt), raw: new Date(study.requestedAt).toISOString() }],
    [words('Version of the simulation'), count(odds.version)],
    [words('Seed'), words(odds.seed)],
    [words('Paths'), count(odds.paths)],
    [words('Trading days at most'), count(odds.days)],
    [words('Began with'), money(odds.beganUsd)],
    ...(odds.drawnFrom === null ? [] : [[words('Closed trades drawn from'), count(odds.drawnFrom)]]),
  ],
});

/** Everything that a study says, in the order of the page. */
export function tablesOf(study: Pick<Study, 'studyId' | 'tierName' | 'requestedAt'>, odds: Odds): readonly DataTable[] {
  const tables = [
    originTable(study, odds),
    outcomesTable(odds),
    figuresTable(odds),
    endsTable(odds),
    fanTable(odds),
    drawdownsTable(odds),
    underWaterTable(odds),
    sizesTable(odds),
    scenariosTable(odds),
    validationTable(odds),
    firmTable(odds),
  ];
  return tables.filter((table): table is DataTable => table !== undefined && table.rows.length > 0);
}
