import { parseArgs } from 'node:util';
import { CandleFault } from '../../local/candles/fault';
import { type CandleFile, readCandles } from '../../local/candles/read-candles';
import { type Backtest, backtest } from './backtest';
import { tapeOf } from './tape';

const USAGE = 'npm run backtest -- FILE.csv [--strategies 1000] [--seed 1]';

/** `npm run backtest -- FILE`: seeded strategies over a file of one-minute candles, and who passed or failed by what. */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { strategies: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
  });
  const [file] = positionals;
  const [strategies, seed] = [wholeOf(values.strategies), wholeOf(values.seed)];
  if (file === undefined || strategies === undefined || seed === undefined) {
    console.error(`${USAGE}: FILE holds one-minute candles; both numbers are whole and above 0`);
    return 2;
  }
  const started = performance.now();
  const read = readOrTell(file);
  if (!read) return 2;
  console.error(read.understood);
  const tape = tapeOf(read);
  let told = started;
  const result = backtest(tape, { strategies, seed }, 'selected', (minute) => {
    if (performance.now() - told < 5_000) return;
    told = performance.now();
    console.error(`  ${Math.floor((minute / tape.minutes) * 100)} % of ${tape.minutes} minutes`);
  });
  print(result);
  const seconds = (performance.now() - started) / 1_000;
  const { attended, plain, digest } = result;
  console.log(JSON.stringify({ backtest: 'done', strategies, seed, seconds: round(seconds), attended, plain, digest }));
  return 0;
}

/** What is wrong with a file of somebody's is one line, not a stack. */
function readOrTell(file: string): CandleFile | undefined {
  try {
    return readCandles(file);
  } catch (error) {
    const isTheirs = error instanceof CandleFault || (error instanceof Error && 'code' in error);
    if (!isTheirs) throw error;
    console.error(error.message);
    return undefined;
  }
}

const wholeOf = (text: string): number | undefined => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined);

const round = (value: number): number => Math.round(value * 10) / 10;

function print({ entrants }: Backtest): void {
  const tiers = [...new Set(entrants.map(({ tier }) => tier))];
  const outcomes = [...new Set(entrants.map(outcomeOf))].sort();
  console.log(['tier'.padEnd(16), ...outcomes.map((name) => name.padStart(22))].join(''));
  for (const tier of [...tiers, 'all']) {
    const group = entrants.filter((entrant) => tier === 'all' || entrant.tier === tier);
    const counts = outcomes.map((name) => String(group.filter((entrant) => outcomeOf(entrant) === name).length));
    console.log([tier.padEnd(16), ...counts.map((count) => count.padStart(22))].join(''));
  }
  const orders = entrants.reduce((sum, entrant) => sum + entrant.orders, 0);
  console.log(`${orders} orders taken; refused: ${refusals(entrants)}`);
}

function refusals(entrants: Backtest['entrants']): string {
  const counts = new Map<string, number>();
  for (const [name, count] of entrants.flatMap(({ refused }) => [...refused])) {
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  return ranked.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

const outcomeOf = ({ status, broken }: Backtest['entrants'][number]): string =>
  status === 'failed' ? `failed ${broken ?? 'unknown'}` : status;

process.exit(main());
