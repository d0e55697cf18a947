import type { AccountId } from '../../domain/kernel/ids';
import type { Saved } from '../ports/accounts/account-store';
import { CONFLICT } from './optimistic-retry';

/** What was decided of an account is more than can be kept: a person has to look, for no later try does better. */
export class Unstorable extends Error {
  override readonly name = 'Unstorable';

  constructor(accountId: AccountId) {
    super(`what was decided of account ${accountId} holds a figure that cannot be kept`);
  }
}

/** Not by `instanceof`, which fails for errors that cross a realm. */
export const isUnstorable = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'Unstorable';

/** The answer of a save that took effect; one that was overtaken is made again, one that cannot be kept throws. */
export function savedAs<T>(saved: Saved, accountId: AccountId, answer: T): T | typeof CONFLICT {
  if (saved === 'out_of_range') throw new Unstorable(accountId);
  return saved === 'saved' ? answer : CONFLICT;
}
