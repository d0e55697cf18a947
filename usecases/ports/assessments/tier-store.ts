import type { Program } from '../../../domain/assessment/progression/program';
import type { TierId } from '../../../domain/kernel/ids';
import type { Usd } from '../../../domain/kernel/money';
import type { AuditEntry } from '../operations/audit';

/** What is on sale: a price and the newest version of its program, known by the SHA-256 of its canonical text. */
export type Tier = {
  readonly tierId: TierId;
  readonly slug: string;
  readonly name: string;
  readonly priceUsd: Usd;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly program: Program;
};

export type TierStore = {
  /** Cheapest first. */
  readonly list: () => Promise<readonly Tier[]>;
  readonly find: (slug: string) => Promise<Tier | undefined>;
  /**
   * Writes the tier, a new version of its program if it is one, and the audit. `before` is the version it replaces, 0 for
   * a new tier; `stale` when somebody else published meanwhile.
   */
  readonly save: (tier: Tier, before: number, audit: AuditEntry) => Promise<'saved' | 'stale'>;
};
