import type { Sabotage } from '../sabotage';
import { type Duel, duel } from './duel';
import { isPaying, sentenceOf, tallied } from './tally';
import { TRICKS, type Trick, tricksOf } from './tricks';

const seedsTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

async function fought(last: number, of: (seed: number) => readonly Trick[], sabotage: Sabotage = 'none') {
  const duels: Duel[] = [];
  for (const seed of seedsTo(last)) duels.push(await duel(seed, of(seed), sabotage));
  return duels;
}

const named = (name: string) => () => TRICKS.filter((trick) => trick.name === name);
const gainOf = (duels: readonly Duel[]): number => tallied(duels)[0]?.mean ?? 0;

/** Goal: nobody ends better by tricks than by the plan alone, and no tier's cap is passed by one. */
test('tricks by chance do not pay', async () => {
  const duels = await fought(60, tricksOf);
  expect(duels.flatMap(({ seed, findings }) => findings.map((finding) => `${seed}: ${finding}`))).toEqual([]);
  expect(tallied(duels).filter(isPaying).map(sentenceOf)).toEqual([]);
});

/** Goal: the duels are not blind: without what stands against it a trick is worth more, by the same prices. */
test.each`
  trick         | sabotage
  ${'same lot'} | ${'taken'}
  ${'sniper'}   | ${'confirmation'}
`('$trick: worth more without $sabotage', async ({ trick, sabotage }: { trick: string; sabotage: Sabotage }) => {
  const [kept, open] = [await fought(25, named(trick)), await fought(25, named(trick), sabotage)];
  expect(gainOf(kept)).toBeLessThan(0.002);
  expect(gainOf(open)).toBeGreaterThan(gainOf(kept) + 0.02);
});

test('gap: without the caps at the fill a stop passes them', async () => {
  const duels = await fought(5, named('gap'), 'caps');
  expect(duels.flatMap(({ findings }) => findings).length).toBeGreaterThan(0);
});
