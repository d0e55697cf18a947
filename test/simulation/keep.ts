import { parseArgs } from 'node:util';
import { decideAgain, ruleSetText } from '../../domain/assessment/evidence/evidence';
import { sha256Digest } from '../../runtime/edge';
import { type CalmHistory, calmHistory, digestsOf } from './calm-history';
import { type KeptBundle, type KeptHistories, readKept, verdictLine, writeKept } from './kept-rows';

const SEEDS = 300;
const BUNDLES = 500;

type Sorted = KeptBundle & { readonly sort: string };

const USAGE = 'npm run evidence [-- --overwrite bundles|histories]';

/**
 * `npm run evidence`: lives all histories again and compares them with what is kept. With `--overwrite` bundles of
 * evidence from them, or their digests, are kept in the place of the old: what was decided before proves nothing then.
 * Another kind of event asks for other histories, and never for other bundles.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { overwrite: { type: 'string' } } });
  if (values.overwrite === undefined) return await compare();
  if (values.overwrite === 'bundles') return await overwriteBundles();
  if (values.overwrite === 'histories') return await overwriteHistories();
  console.error(USAGE);
  return 2;
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

async function live(): Promise<readonly CalmHistory[]> {
  const histories: CalmHistory[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) histories.push(await calmHistory(seed));
  return histories;
}

async function overwriteBundles(): Promise<number> {
  const sorted = inTurns((await live()).flatMap(bundlesOf)).slice(0, BUNDLES);
  const bundles = sorted.map(({ sort: _, ...bundle }) => bundle);
  const bytes = writeKept('bundles', bundles);
  tell(sorted);
  console.log(JSON.stringify({ bundles: bundles.length, bytes }));
  return 0;
}

async function overwriteHistories(): Promise<number> {
  const histories = await live();
  const kindsOf = ({ events }: CalmHistory): readonly string[] => events.map((event) => JSON.parse(event).type);
  const kinds = [...new Set(histories.flatMap(kindsOf))].sort();
  const digests: KeptHistories = { kinds, histories: histories.map((one) => digestsOf(one, new Set(kinds))) };
  const bytes = writeKept('histories', [digests]);
  const accounts = histories.flatMap((one) => one.accounts).length;
  const events = histories.flatMap((one) => one.events).length;
  console.log(JSON.stringify({ histories: histories.length, bytes, kinds: kinds.length, accounts, events }));
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
