import { startSchedule } from '../../local/lambda/schedule';

const plan = { functionName: 'sweep', everyMs: 60_000, name: 'proving-ground-dev-sweep' };

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

test('calls the function after each period with the event that EventBridge sends', () => {
  const events: unknown[] = [];
  const schedule = startSchedule(
    plan,
    async (event) => events.push(event),
    () => undefined,
  );
  jest.advanceTimersByTime(59_999);
  expect(events).toHaveLength(0);
  jest.advanceTimersByTime(60_001);
  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: '2026-01-01T00:01:00Z',
    detail: {},
  });
  schedule.stop();
  jest.advanceTimersByTime(600_000);
  expect(events).toHaveLength(2);
});

test('a run that fails is reported, and the next one comes all the same', async () => {
  const said: string[] = [];
  let runs = 0;
  const run = async () => {
    runs++;
    throw new Error('the database is away');
  };
  const schedule = startSchedule(plan, run, (line) => said.push(line));
  await jest.advanceTimersByTimeAsync(120_000);
  schedule.stop();
  expect([runs, said[0]]).toEqual([2, 'sweep: the database is away']);
});
