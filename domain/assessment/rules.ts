import type { Account, Marks } from '../account/account';
import { type Position, unrealized } from '../account/position';
import { addUsd, subUsd, type Usd, ZERO_USD } from '../kernel/money';
import type { DayCut } from './trading-day';

/** The rules a tier is sold with, pinned at purchase. Widths and targets are dollars; see `docs/rules.md`. */
export type RuleSet = DayCut & {
  readonly startingUsd: Usd;
  readonly profitTargetUsd: Usd;
  readonly maxDrawdownUsd: Usd;
  readonly dailyLossUsd: Usd;
  readonly riskPerTradeUsd: Usd;
  readonly tradesMin: number;
  readonly leverageMax: number;
};

export type RuleName = 'max_drawdown' | 'daily_loss' | 'risk_per_trade';

/** `usedUsd` of `limitUsd` is lost; at a room of zero or less the rule is broken: touching a limit breaks it. */
export type RuleRoom = {
  readonly rule: RuleName;
  readonly limitUsd: Usd;
  readonly usedUsd: Usd;
  readonly roomUsd: Usd;
};

type Standing = { readonly account: Account; readonly equityUsd: Usd; readonly marks: Marks };

type Rule = {
  readonly name: RuleName;
  readonly limit: (rules: RuleSet) => Usd;
  readonly used: (rules: RuleSet, standing: Standing) => Usd;
};

/** A new rule is a row here and a line in the test table; the order breaks ties. */
const RULES: readonly Rule[] = [
  {
    name: 'daily_loss',
    limit: (rules) => rules.dailyLossUsd,
    used: (_, { account, equityUsd }) => subUsd(account.dayAnchorUsd, equityUsd),
  },
  {
    name: 'max_drawdown',
    limit: (rules) => rules.maxDrawdownUsd,
    used: (rules, { equityUsd }) => subUsd(rules.startingUsd, equityUsd),
  },
  {
    name: 'risk_per_trade',
    limit: (rules) => rules.riskPerTradeUsd,
    used: (_, { account, marks }) =>
      account.positions.reduce((worst, position) => larger(worst, lossOf(position, marks)), ZERO_USD),
  },
];

/** The room of every rule, in the table's order. Losses are shown as used, profits as nothing used. */
export const roomsOf = (rules: RuleSet, standing: Standing): readonly RuleRoom[] =>
  RULES.map(({ name, limit, used }) => {
    const [limitUsd, usedUsd] = [limit(rules), used(rules, standing)];
    return { rule: name, limitUsd, usedUsd: larger(usedUsd, ZERO_USD), roomUsd: subUsd(limitUsd, usedUsd) };
  });

/** Of the broken rules the one that equity passed first on its way down: the one it overshot the furthest. */
export const firstBroken = (rooms: readonly RuleRoom[]): RuleRoom | undefined =>
  rooms
    .filter((room) => room.roomUsd <= 0n)
    .reduce<RuleRoom | undefined>((first, room) => (first && first.roomUsd <= room.roomUsd ? first : room), undefined);

/** What a position has lost since it was last flat, its fees included; negative when it has gained. */
function lossOf(position: Position, marks: Marks): Usd {
  const quote = marks.get(position.instrument);
  if (!quote) return ZERO_USD;
  return subUsd(position.feesUsd, addUsd(position.realizedUsd, unrealized(position, quote)));
}

const larger = (a: Usd, b: Usd): Usd => (a > b ? a : b);
