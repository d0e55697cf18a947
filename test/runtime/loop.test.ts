import { startLoop } from '../../runtime/loop';

test('stopping the loop waits for the pass under way and cuts its pause short', async () => {
  let [begun, ended] = [0, 0];
  const loop = startLoop(async () => {
    begun++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    ended++;
    return 60_000;
  });
  await loop.stop();
  expect([begun, ended]).toEqual([1, 1]);
  const long = startLoop(async () => 60_000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await long.stop();
});
