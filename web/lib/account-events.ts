import { balanceOf } from '../../domain/account/account';
import type { AccountRules } from '../../domain/account/account-rules';
import { ACCOUNT } from '../../domain/account/codecs/account-codec';
import { accountEventIn } from '../../domain/account/codecs/event-codec';
import { evolve } from '../../domain/account/evolve';
import { formatUsd } from '../../domain/kernel/money';
import type { AccountEvent, Snapshot } from './contract';

/**
 * The account after one event of its stream, as the platform itself would tell it; its rooms stay those of the
 * snapshot. Throws where the event cannot have happened to this account: then something of it is not known here.
 */
export function snapshotAfter(rules: AccountRules, snapshot: Snapshot, { event, data }: AccountEvent): Snapshot {
  if (event === 'assessment.abandoned') return { ...snapshot, status: 'failed' };
  if (event === 'assessment.completed') return { ...snapshot, status: 'passed' };
  const told = accountEventIn(event, data);
  if (!told) return snapshot;
  const account = evolve(rules, ACCOUNT.decode(snapshot), told);
  return {
    ...snapshot,
    ...(ACCOUNT.encode(account) as Pick<Snapshot, keyof typeof account>),
    balanceUsd: formatUsd(balanceOf(account)),
    isPaused: account.standing.day.isPaused,
    hold: account.standing.holds.now?.kind ?? null,
  };
}
