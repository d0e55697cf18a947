import type { RunningPlatform } from '../fixtures/platform/platform';

/** Stops the platform that the global set-up started. */
export default async function tearDown(): Promise<void> {
  await (globalThis as { __platform?: RunningPlatform }).__platform?.stop();
}
