import type { Account } from '../../account/account';
import type { AccountEvent, Decision } from '../context/account-event';
import type { RuleRoom } from '../rules/rule-set';

/** Highest first: the highest that is reached is the one that is told. */
export const WARNED_AT_PERCENT = [95, 80, 50] as const;

/** Warns once of each limit of which 50, 80 or 95 per cent are newly used; the account remembers what it was told. */
export function warnOf(account: Account, rooms: readonly RuleRoom[]): Decision {
  const events: AccountEvent[] = [];
  let { warned } = account.standing;
  for (const { rule, limitUsd, usedUsd } of rooms) {
    const percent = WARNED_AT_PERCENT.find((each) => usedUsd * 100n >= limitUsd * BigInt(each));
    if (percent === undefined || percent <= (warned[rule] ?? 0)) continue;
    warned = { ...warned, [rule]: percent };
    events.push({ kind: 'limit_warned', rule, percent });
  }
  if (events.length === 0) return { account, events };
  return { account: { ...account, standing: { ...account.standing, warned } }, events };
}
