import { formatDecimal } from '../../../domain/kernel/decimal';
import { MILLION, USD_SCALE } from '../../../domain/kernel/money';
import type { Assessment, Rules } from '../contract';
import { readPpm, readUsd } from '../read-decimal';

/** Where the maximum loss of an account breaks now; undefined once it has ended. */
export const accountFloor = ({ status, account }: Pick<Assessment, 'status' | 'account'>): string | undefined =>
  status === 'active' ? (account.rooms.find(({ rule }) => rule === 'max_drawdown')?.floorUsd ?? undefined) : undefined;

/** Where that of a fresh account breaks, to draw a line at. */
export function freshFloor({ startingUsd, maxLoss: { width } }: Pick<Rules, 'startingUsd' | 'maxLoss'>): string {
  const start = readUsd(startingUsd);
  const lost = width.kind === 'usd' ? readUsd(width.usd) : (start * readPpm(width.share)) / MILLION;
  return formatDecimal(start - lost, USD_SCALE);
}
