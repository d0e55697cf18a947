import type { Program } from '../../../domain/assessment/progression/program';

/** One line of what a firm publishes: what it says, and how it is said here or why it cannot be. */
export type FirmRule = {
  readonly rule: string;
  readonly published: string;
  /** The parameters that say it, from the rule set on, in the phases named; empty: nothing does. */
  readonly said: readonly string[];
  /** What of it cannot be said, and why; null: nothing is missing. */
  readonly missing: string | null;
};

/** The published rules of a firm as a program that an admin can start a tier from. */
export type FirmTemplate = {
  readonly slug: string;
  readonly firm: string;
  readonly name: string;
  /** The day on which the sources were read. */
  readonly readOn: string;
  readonly sources: readonly string[];
  readonly program: Program;
  readonly rules: readonly FirmRule[];
};
