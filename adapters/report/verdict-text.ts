import type { RuleName, RuleRoom } from '../../domain/assessment/rules';
import { addUsd, subUsd, type Usd } from '../../domain/kernel/money';
import type { JudgedPosition, ReportContent } from '../../usecases/ports/report-renderer';
import { counted, exactDollars, exactGain } from './figures';

export const RULE_NAMES: Readonly<Record<RuleName, string>> = {
  daily_loss: 'Daily loss',
  max_drawdown: 'Maximum drawdown',
  risk_per_trade: 'Risk per trade',
};

/** The sum that each rule was judged by, with the figures of this assessment. */
export const ARITHMETIC: Readonly<Record<RuleName, (content: ReportContent, room: RuleRoom) => string>> = {
  daily_loss: ({ judgement }, room) => {
    const anchor = addUsd(subUsd(room.limitUsd, room.roomUsd), judgement.equityUsd);
    return lossFrom('the balance at the start of the day', anchor, judgement.equityUsd, room);
  },
  max_drawdown: ({ judgement, snapshot }, room) =>
    lossFrom('the starting balance', snapshot.rules.startingUsd, judgement.equityUsd, room),
  risk_per_trade: ({ openPositions }, room) => {
    const limit = `a loss of ${exactDollars(room.limitUsd)} breaks the rule`;
    const worst = openPositions.find((judged) => lossOf(judged) === room.usedUsd);
    if (!worst || room.usedUsd === 0n) return `no open position had lost anything, fees included; ${limit}`;
    const { position, unrealizedUsd } = worst;
    return (
      `${position.instrument} had lost ${exactDollars(room.usedUsd)} (${exactGain(unrealizedUsd)} unrealized, ` +
      `${exactGain(position.realizedUsd)} realized, ${exactDollars(position.feesUsd)} of fees); ${limit}`
    );
  },
};

const lossOf = ({ position, unrealizedUsd }: JudgedPosition): Usd =>
  subUsd(position.feesUsd, addUsd(position.realizedUsd, unrealizedUsd));

function lossFrom(origin: string, from: Usd, equity: Usd, room: RuleRoom): string {
  const loss = subUsd(from, equity);
  const change = loss > 0n ? `a loss of ${exactDollars(loss)}` : 'no loss';
  return (
    `equity of ${exactDollars(equity)} against ${origin}, ${exactDollars(from)}, is ${change}; ` +
    `a loss of ${exactDollars(room.limitUsd)} breaks the rule`
  );
}

/** Why it ended as it did, in one sentence that can be checked with a pencil. */
export function verdictSentence(content: ReportContent): string {
  const { verdict, balanceUsd } = content.judgement;
  if (verdict.kind === 'failed') {
    const { broken } = verdict;
    return `${RULE_NAMES[broken.rule]}: ${ARITHMETIC[broken.rule](content, broken)}.`;
  }
  const { startingUsd, profitTargetUsd, tradesMin } = content.snapshot.rules;
  const target = exactDollars(addUsd(startingUsd, profitTargetUsd));
  const trades = `${counted(content.performance.trades, 'trade')} complete (at least ${tradesMin} needed)`;
  return (
    `With every position closed and ${trades}, the balance of ${exactDollars(balanceUsd)} ` +
    `had reached the target of ${target}.`
  );
}
