import { tooLarge } from './quantities';

/** Goal: what cannot be kept is refused at the door; what an engine decides all the same is told to a person. */
test('what is larger than can be kept is refused, or told to a person', async () => {
  const { refusal, tries, told } = await tooLarge(true);
  expect(refusal).toBe('quantity_too_large');
  // A payout is owed, and looked at again each minute, and with news of the price.
  expect([tries, told]).toEqual([3, 3]);
});

test('where nobody knows that it will never fit it is tried without end, and nobody hears of it', async () => {
  const { tries, told } = await tooLarge(false);
  expect(told).toBe(0);
  expect(tries).toBeGreaterThan(20);
});
