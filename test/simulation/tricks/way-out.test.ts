import { crumbLeft, offTheTick } from './way-out';

/** Goal: whoever holds something can leave it, however small it is. */
test('a crumb below the least quantity is sold, and the target is met', async () => {
  expect(await crumbLeft(true)).toMatchObject({ status: 'passed', positions: 0 });
});

test('where it has to be of the least quantity it stays, and the target with it', async () => {
  expect(await crumbLeft(false)).toMatchObject({ status: 'active', positions: 1 });
});

/** Goal: nobody has a price that nobody can ask for any more. */
test('an order follows the steps of its instrument: a touch of the next one fills nothing', async () => {
  expect(await offTheTick(true)).toBe(0);
  expect(await offTheTick(false)).toBe(1);
});
