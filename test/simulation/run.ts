import { parseArgs } from 'node:util';
import { type Duel, duel } from './adversary/duel';
import { isPaying, sentenceOf, tallied } from './adversary/tally';
import { tricksOf } from './adversary/tricks';
import { simulate } from './simulate';

/**
 * `npm run simulate -- --seeds N [--from SEED]`: runs seeds until one is found at fault; a seed is its whole report. With
 * `--adversary` each seed is a trader twice over the same prices, once with tricks: none may end better by them.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      adversary: { type: 'boolean', default: false },
    },
  });
  const [seeds, from] = [wholeOf(values.seeds), wholeOf(values.from)];
  if (seeds === undefined || from === undefined) {
    console.error('npm run simulate -- --seeds N [--from SEED] [--adversary]: both are whole numbers above 0');
    return 2;
  }
  return values.adversary ? runDuels(seeds, from) : runSeeds(seeds, from);
}

async function runSeeds(seeds: number, from: number): Promise<number> {
  const started = performance.now();
  const sums: Record<string, number> = {};
  let told = started;
  for (let seed = from; seed < from + seeds; seed++) {
    const { findings, seen, trace } = await simulate(seed).catch((error: unknown) => {
      console.log(`seed ${seed} broke off`);
      throw error;
    });
    if (findings.length > 0) {
      console.log(`seed ${seed}:\n  ${findings.join('\n  ')}`);
      console.log(`its last steps:\n  ${trace.slice(-20).join('\n  ')}`);
      return 1;
    }
    for (const [name, count] of Object.entries(seen)) sums[name] = (sums[name] ?? 0) + count;
    if (performance.now() - told < 5_000) continue;
    told = performance.now();
    console.error(`  ${seed - from + 1} of ${seeds} seeds`);
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(JSON.stringify({ simulate: 'all well', seeds, from, seconds, ...sums }));
  return 0;
}

async function runDuels(seeds: number, from: number): Promise<number> {
  const started = performance.now();
  const duels: Duel[] = [];
  let told = started;
  for (let seed = from; seed < from + seeds; seed++) {
    const fought = await duel(seed, tricksOf(seed));
    duels.push(fought);
    if (fought.findings.length > 0) {
      console.log(`seed ${seed}, ${fought.tricks.join(' and ')}:\n  ${fought.findings.join('\n  ')}`);
      return 1;
    }
    if (performance.now() - told < 5_000) continue;
    told = performance.now();
    console.error(`  ${seed - from + 1} of ${seeds} duels`);
  }
  const tallies = tallied(duels);
  console.log(tallies.map(sentenceOf).join('\n'));
  const paying = tallies.filter(isPaying);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const adversary = paying.length === 0 ? 'no trick pays' : `what pays: ${paying.map(({ trick }) => trick).join(', ')}`;
  console.log(JSON.stringify({ adversary, seeds, from, seconds }));
  return paying.length === 0 ? 0 : 1;
}

const wholeOf = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
