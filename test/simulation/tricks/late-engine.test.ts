import { CRUMBS, type Crumb, honestMeanwhile, honestPurchase, lateEngine, latePeak, lateStop } from './late-engine';

const EVERY = Object.keys(CRUMBS) as readonly Crumb[];

/** Goal: no command carries an account past a price that nobody has judged it at. */
test.each(EVERY)('who %s after an unjudged breach fails as of the same moment as who waits', async (crumb) => {
  const { trickster, twin } = await lateEngine(crumb);
  expect(twin).toMatchObject({ status: 'failed', rule: 'daily_loss' });
  expect(trickster).toEqual(twin);
});

/** Who holds two coins by then is judged by chance: it matters of which the engine reads first. */
test.each(EVERY.filter((crumb) => crumb !== 'buys another coin'))('unprotected, who %s lives', async (crumb) => {
  const { trickster, twin } = await lateEngine(crumb, 'unjudged');
  expect([trickster.status, twin.status]).toEqual(['active', 'failed']);
});

test.each(['buys a crumb', 'buys another coin'] as const)(
  'who %s below an unjudged peak keeps its floor',
  async (crumb) => {
    const { trickster, twin } = await latePeak(crumb);
    expect([trickster, twin]).toMatchObject(Array(2).fill({ status: 'failed', rule: 'max_drawdown' }));
    expect((await latePeak(crumb, 'unjudged')).trickster.status).toBe('active');
  },
);

test('a stop that was reached meanwhile is not taken back', async () => {
  const { trickster, twin } = await lateStop();
  expect(twin.positions).toBe(0);
  expect(trickster).toEqual(twin);
  expect((await lateStop('unjudged')).trickster.positions).toBe(1);
});

test('nobody is judged at a price of before they bought, in whatever order an engine hears of both', async () => {
  for (let seed = 1; seed <= 30; seed++)
    expect({ seed, is: await honestPurchase(seed) }).toEqual({ seed, is: 'active' });
});

/** Goal: an engine that is late refuses nobody; one that is away for minutes lets everybody out. */
test.each(EVERY)('an engine that is late by seconds refuses nobody who %s', async (crumb) => {
  for (const awayMs of [1_000, 2_000, 60_000]) {
    expect(await honestMeanwhile(awayMs, crumb)).toMatchObject({ answer: { ok: true }, status: 'active' });
  }
});

test.each(EVERY)('with the engine away for minutes, who %s', async (crumb) => {
  const { answer } = await honestMeanwhile(10 * 60_000, crumb);
  const isExit = crumb === 'sells a crumb' || crumb === 'closes everything';
  expect(answer).toMatchObject(isExit ? { ok: true } : { ok: false, refusal: 'judge_behind' });
});
