import { COIN, heldThrough, MANY_SHARES, SHARES, type ShownBook, type Victim } from './stub-bid';

const ACCIDENTS: readonly [what: string, victim: Victim, shown: readonly ShownBook[]][] = [
  ['one share bid for at a cent', SHARES, ['1@0.01 / 50000@0.62']],
  ['the same for a minute', SHARES, Array.from({ length: 120 }, () => '1@0.01 / 50000@0.62')],
  ['a deep bid at a cent, once', SHARES, ['50000@0.01 / 50000@0.62']],
  ['a bid 40 % down beside an unmoved ask', COIN, ['50@36000 / 50@60001']],
  ['two of them', COIN, ['50@36000 / 50@60001', '50@36000 / 50@60001']],
  ['a shifted decimal', COIN, ['50@6000 / 50@6000.1']],
  ['a crumb bid for below the stop', COIN, ['0.001@56000 / 50@60001']],
];

const UNCHECKED = { isChecked: false };

/** Goal: who holds through a book that nobody would trade by ends as their twin does who never saw it. */
test.each(ACCIDENTS)('%s ends nobody', async (_, victim, shown) => {
  expect(await heldThrough(victim, shown)).toBe(await heldThrough(victim, []));
});

test.each(ACCIDENTS)('%s ends somebody where books are not held against anything', async (_, victim, shown) => {
  expect(await heldThrough(victim, shown, UNCHECKED)).not.toBe(await heldThrough(victim, [], UNCHECKED));
});

test('a price that stays is a price: it fails the holder and reaches the stop', async () => {
  const stays = (book: ShownBook) => Array.from({ length: 5 }, () => book);
  expect(await heldThrough(SHARES, stays('50000@0.10 / 50000@0.12'))).toMatch(/^failed/);
  expect(await heldThrough(COIN, stays('50@36000 / 50@36001'), { isShownByAll: true })).not.toBe(
    await heldThrough(COIN, []),
  );
});

test('a price of one venue alone is none, however long it stays', async () => {
  const stays = Array.from({ length: 60 }, () => '50@36000 / 50@36001');
  expect(await heldThrough(COIN, stays)).toBe(await heldThrough(COIN, []));
});

/** Goal: a believed price that does not stay ends nobody where a limit has to be broken for a second. */
test('one book fifteen cents lower fails its holder at once, and nobody where a limit has to be broken for a second', async () => {
  const dip = ['50000@0.45 / 50000@0.62'];
  const calm = await heldThrough(MANY_SHARES, []);
  expect(await heldThrough(MANY_SHARES, dip, { touchMs: 1_000 })).toBe(calm);
  expect(await heldThrough(MANY_SHARES, dip)).toMatch(/^failed/);
  expect(await heldThrough(MANY_SHARES, [...dip, ...dip, ...dip], { touchMs: 1_000 })).toMatch(/^failed/);
});
