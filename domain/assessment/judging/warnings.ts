import type { Account } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { RuleRoom } from '../rules/rule-set';

/** Highest first: the highest that is reached is the one that is told. */
export const WARNED_AT_PERCENT = [95, 80, 50] as const;

/** Warns once of each limit of which 50, 80 or 95 per cent are newly used; the account remembers what it was told. */
export const warnOf = ({ standing }: Account, rooms: readonly RuleRoom[]): readonly AccountEvent[] =>
  rooms.flatMap(({ rule, limitUsd, usedUsd }): readonly AccountEvent[] => {
    const percent = WARNED_AT_PERCENT.find((each) => usedUsd * 100n >= limitUsd * BigInt(each));
    const isNews = percent !== undefined && percent > (standing.warned[rule] ?? 0);
    return isNews ? [{ kind: 'limit_warned', rule, percent }] : [];
  });
