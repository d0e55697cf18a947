import { synthesize } from '../fixtures/cloud/synthesize';

/** One synth for all tests of this project; they read its templates. */
export default function setup(): void {
  process.env.PROVING_GROUND_TEST_ASSEMBLY = synthesize();
}
