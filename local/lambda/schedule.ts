import { randomUUID } from 'node:crypto';
import type { SchedulePlan } from '../assembly/assembly';

/** Calls a function at its rate with EventBridge's event; the first time after one period, as EventBridge does. */
export function startSchedule(
  plan: SchedulePlan,
  invoke: (event: unknown) => Promise<unknown>,
  onFailure: (line: string) => void,
): { readonly stop: () => void } {
  const timer = setInterval(() => {
    invoke(scheduledEvent(plan.name)).catch((error: unknown) => {
      onFailure(`${plan.functionName}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }, plan.everyMs);
  return { stop: () => clearInterval(timer) };
}

const scheduledEvent = (name: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region: 'local',
  resources: [`arn:aws:events:local:000000000000:rule/${name}`],
  detail: {},
});
