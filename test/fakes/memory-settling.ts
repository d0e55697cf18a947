import { memorySettlementStore } from './memory-account-store';
import { memoryAssessmentStore } from './memory-assessment-store';
import { memorySignalStore } from './memory-surveillance';
import type { MemoryWorld } from './memory-world';

/** What paying outcomes needs beside what trading needs; the signals are its own. */
export const memorySettling = (world: MemoryWorld) => ({
  settlements: memorySettlementStore(world),
  verdicts: memoryAssessmentStore(world),
  signals: memorySignalStore(),
});
