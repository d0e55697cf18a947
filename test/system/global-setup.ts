import { isRayInstalled } from '../../local/install/ray';
import { type RunningPlatform, startPlatform } from '../fixtures/platform/platform';

/** Starts the platform once for all system and browser tests, with simulations where Ray was installed for them. */
export default async function setUp(): Promise<void> {
  const running = await startPlatform(isRayInstalled(process.cwd()) ? ['--ray'] : []);
  (globalThis as { __platform?: RunningPlatform }).__platform = running;
  process.env.TEST_PLATFORM = running.factsFile;
}
