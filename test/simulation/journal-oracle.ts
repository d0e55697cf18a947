import { afterEntry, differenceOf, type Folded } from '../../usecases/events/journal-fold';
import { journalIn } from '../fakes/memory-account-journal';
import type { KeptAccount, MemoryWorld } from '../fakes/memory-world';
import type { Findings } from './oracles';

/** O8: what was written of an account's events, read again from its text, rebuilds the account that is kept. */
export function journalFindings({ snapshot }: KeptAccount, world: MemoryWorld): Findings {
  const wrong = (what: string): Findings => [`O8: of ${snapshot.accountId} ${what}`];
  let folded: Folded | undefined;
  for (const entry of journalIn(world, snapshot.accountId)) {
    const after = afterEntry(snapshot, folded, entry);
    if (typeof after === 'string') return wrong(after);
    folded = after;
  }
  if (!folded) return wrong('no event was written');
  const difference = differenceOf(snapshot, folded);
  return difference === undefined ? [] : wrong(difference);
}
