import { formatDecimal } from '../../domain/kernel/decimal';
import { USD_SCALE } from '../../domain/kernel/money';
import type { Assessment, EquityPoint, Trade } from './contract';
import { readUsd } from './read-decimal';

type Account = Pick<Assessment, 'createdAt' | 'startingUsd'>;

/**
 * What is known of an account's worth over time: its start, its balance after each fill, and the equity that was
 * recorded, which is once a minute while a position is open. `trades` come newest first, as the API gives them.
 */
export function equityHistory(
  { createdAt, startingUsd }: Account,
  trades: readonly Trade[],
  recorded: readonly EquityPoint[],
): readonly EquityPoint[] {
  let balance: bigint = readUsd(startingUsd);
  const afterFills = [...trades].reverse().map(({ filledAt, realizedUsd, feeUsd }) => {
    balance += readUsd(realizedUsd) - readUsd(feeUsd);
    return pointAt(filledAt, formatDecimal(balance, USD_SCALE));
  });
  const start = pointAt(createdAt, startingUsd);
  return [start, ...afterFills, ...recorded].sort((a, b) => a.at - b.at);
}

const pointAt = (at: number, amount: string): EquityPoint => ({ at, equityUsd: amount, balanceUsd: amount });
