import { type Account, fundedAccount } from '../../domain/account/account';
import { ACCOUNT } from '../../domain/account/codecs/account-codec';
import { evolve } from '../../domain/account/evolve';
import type { KeptAccount } from '../fakes/memory-world';
import type { History } from './history';
import type { Findings } from './oracles';

/** O7: after every save an account is what its events so far make of the one that was funded, to the byte. */
export function foldFindings({ snapshot }: KeptAccount, history: History): Findings {
  const { accountId, rules } = snapshot;
  const changes = history.changesOf(accountId);
  const begun = changes[0]?.before.account;
  if (!begun) return [];
  let folded = fundedAccount(rules.startingUsd, begun.day, begun.standing.startedAt);
  for (const { before, change } of changes) {
    try {
      for (const event of change.events) folded = evolve(rules, folded, event);
    } catch (error) {
      return [`O7: the events of ${accountId} after version ${before.version} cannot be: ${error}`];
    }
    const isSame = textOf(folded) === textOf(change.account);
    if (!isSame) return [`O7: the events of ${accountId} after version ${before.version} make another account`];
  }
  return [];
}

const textOf = (account: Account): string => JSON.stringify(ACCOUNT.encode(account));
