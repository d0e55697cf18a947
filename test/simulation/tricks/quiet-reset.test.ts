import { heldOverReset } from './quiet-reset';

/** Goal: a book that is not good at the reset of a day fails nobody on the day that follows. */
test('a loss of yesterday is not one of today, whether the reset had a price or not', async () => {
  expect([await heldOverReset(false, true), await heldOverReset(true, true)]).toEqual(['active', 'active']);
});

test('where the last good prices are not known, a quiet reset fails its holder', async () => {
  expect([await heldOverReset(false, false), await heldOverReset(true, false)]).toEqual(['active', 'failed']);
});
