import type { Position, RuleName } from '../../lib/contract';

/** The parts of a violation's evidence file, format 1, that the page shows. */
export type Evidence = {
  readonly format: 1;
  readonly accountVersion: number;
  readonly at: number;
  readonly account: {
    readonly cashUsd: string;
    readonly dayAnchorUsd: string;
    readonly positions: readonly Position[];
  };
  readonly quotes: readonly {
    readonly instrument: string;
    readonly venue: string;
    readonly sequence: number;
    readonly venueProof: string;
    readonly receivedAt: number;
    readonly bid: string;
    readonly ask: string;
  }[];
  readonly judgement: {
    readonly equityUsd: string;
    readonly balanceUsd: string;
    readonly brokenRule: RuleName | null;
    readonly rooms: readonly {
      readonly rule: RuleName;
      readonly limitUsd: string;
      readonly usedUsd: string;
      readonly roomUsd: string;
    }[];
  };
};

/** Undefined for a format that this page does not know; the file itself can still be downloaded. */
export function readEvidence(text: string): Evidence | undefined {
  const stored = JSON.parse(text) as { readonly format: number };
  return stored.format === 1 ? (stored as Evidence) : undefined;
}
