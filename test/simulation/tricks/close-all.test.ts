import { closeAllTrick } from './close-all';

/** Goal: closing everything wipes nothing out that was missed before. */
test('who leaves a position whose stop is missing is judged first', async () => {
  const { trickster, twin } = await closeAllTrick(true);
  expect([trickster.status, twin.status]).toEqual(['failed', 'failed']);
});

test('without the door the trick works', async () => {
  const { trickster, twin } = await closeAllTrick(false);
  expect([trickster.status, trickster.positions, twin.status]).toEqual(['active', 0, 'failed']);
});
