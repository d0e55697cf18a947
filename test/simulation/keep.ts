import { parseArgs } from 'node:util';
import { decideAgain, ruleSetText } from '../../domain/assessment/evidence';
import { sha256Digest } from '../../runtime/edge';
import { type CalmHistory, calmHistory, digestsOf } from './calm-history';
import { type KeptBundle, type KeptHistories, readKept, verdictLine, writeKept } from './kept-rows';

const SEEDS = 300;
const BUNDLES = 500;

type Sorted = KeptBundle & { readonly sort: string };

/**
 * `npm run evidence`: makes all histories anew and compares them with what is kept. With `--overwrite` they, and
 * bundles of evidence from them, are kept instead: after that nothing proves any more that old evidence replays.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { overwrite: { type: 'boolean', default: false } } });
  return values.overwrite ? await overwrite() : await compare();
}

async function compare(): Promise<number> {
  const [kept] = readKept('histories');
  const kinds = new Set(kept?.kinds);
  const differ = { accounts: [] as number[], events: [] as number[], stream: [] as number[] };
  for (const before of kept?.histories ?? []) {
    const now = digestsOf(await calmHistory(before.seed), kinds);
    for (const part of ['accounts', 'events', 'stream'] as const) {
      if (now[part] !== before[part]) differ[part].push(before.seed);
    }
  }
  console.log(JSON.stringify({ histories: kept?.histories.length, seedsThatDiffer: differ }));
  return Object.values(differ).some((seeds) => seeds.length > 0) ? 1 : 0;
}

async function overwrite(): Promise<number> {
  const histories: CalmHistory[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) histories.push(await calmHistory(seed));
  const kinds = [...new Set(histories.flatMap(({ events }) => events.map(({ type }) => type)))].sort();
  const digests: KeptHistories = { kinds, histories: histories.map((one) => digestsOf(one, new Set(kinds))) };
  const sorted = inTurns(histories.flatMap(bundlesOf)).slice(0, BUNDLES);
  const bundles = sorted.map(({ sort: _, ...bundle }) => bundle);
  const bytes = { bundles: writeKept('bundles', bundles), histories: writeKept('histories', [digests]) };
  tell(sorted);
  const all = histories.flatMap(({ accounts }) => accounts);
  const ended = all.filter(({ status }) => status !== 'active').length;
  const events = histories.reduce((sum, one) => sum + one.events.length, 0);
  console.log(JSON.stringify({ bundles: bundles.length, bytes, seeds: SEEDS, accounts: all.length, ended, events }));
  return 0;
}

/** Whoever was let try again has the rules of a tier, and a name in the place of their hash. */
const bundlesOf = ({ seed, bundles }: CalmHistory): readonly Sorted[] =>
  bundles.flatMap((evidence) => {
    const { input, judgement } = decideAgain(evidence);
    if (sha256Digest.sha256(ruleSetText(input.rules)) !== input.ruleSetHash) return [];
    const verdict = verdictLine(judgement.verdict);
    const sort = `${verdict.split(' ').slice(0, 2).join(' ')}/${input.rules.maxLoss.mode}`;
    return [{ seed, verdict, sha256: sha256Digest.sha256(evidence), evidence, sort }];
  });

/** One of each sort, then the next of each: the rare come with the first. */
function inTurns(bundles: readonly Sorted[]): readonly Sorted[] {
  const seen = new Map<string, number>();
  return bundles
    .map((bundle) => {
      const turn = seen.get(bundle.sort) ?? 0;
      seen.set(bundle.sort, turn + 1);
      return { bundle, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ bundle }) => bundle);
}

function tell(bundles: readonly Sorted[]): void {
  const counts: Record<string, Record<string, number>> = {};
  for (const { sort } of bundles) {
    const [verdict = '', mode = ''] = sort.split('/');
    const row = counts[verdict] ?? {};
    counts[verdict] = { ...row, [mode]: (row[mode] ?? 0) + 1, all: (row.all ?? 0) + 1 };
  }
  console.table(counts);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
