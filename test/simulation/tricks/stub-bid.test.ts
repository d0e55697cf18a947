import { COIN, heldThrough, SHARES, type ShownBook, type Victim } from './stub-bid';

const ACCIDENTS: readonly [what: string, victim: Victim, shown: readonly ShownBook[]][] = [
  ['one share bid for at a cent', SHARES, ['1@0.01 / 50000@0.62']],
  ['the same for a minute', SHARES, Array.from({ length: 120 }, () => '1@0.01 / 50000@0.62')],
  ['a deep bid at a cent, once', SHARES, ['50000@0.01 / 50000@0.62']],
  ['a bid 40 % down beside an unmoved ask', COIN, ['50@36000 / 50@60001']],
  ['two of them', COIN, ['50@36000 / 50@60001', '50@36000 / 50@60001']],
  ['a shifted decimal', COIN, ['50@6000 / 50@6000.1']],
  ['a crumb bid for below the stop', COIN, ['0.001@56000 / 50@60001']],
];

/** Goal: who holds through a book that nobody would trade by ends as their twin does who never saw it. */
test.each(ACCIDENTS)('%s ends nobody', async (_, victim, shown) => {
  expect(await heldThrough(victim, shown, true)).toBe(await heldThrough(victim, [], true));
});

test.each(ACCIDENTS)('%s ends somebody where books are not held against anything', async (_, victim, shown) => {
  expect(await heldThrough(victim, shown, false)).not.toBe(await heldThrough(victim, [], false));
});

test('a price that stays is a price: it fails the holder and reaches the stop', async () => {
  const stays = (book: ShownBook) => Array.from({ length: 5 }, () => book);
  expect(await heldThrough(SHARES, stays('50000@0.10 / 50000@0.12'), true)).toMatch(/^failed/);
  expect(await heldThrough(COIN, stays('50@36000 / 50@36001'), true)).not.toBe(await heldThrough(COIN, [], true));
});
