import { type RunningPlatform, startPlatform } from '../fixtures/platform/platform';

/** Starts the platform once for all system and browser tests. */
export default async function setUp(): Promise<void> {
  const running = await startPlatform();
  (globalThis as { __platform?: RunningPlatform }).__platform = running;
  process.env.TEST_PLATFORM = running.factsFile;
}
