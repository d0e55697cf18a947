import { formatDecimal } from '../../domain/kernel/decimal';
import type { Instrument } from './contract';
import { readPpm } from './read-decimal';

type Fee = Instrument['takerFee'];

/** A venue's fee in words: a share of what is traded, or one that is largest where an outcome is most uncertain. */
export function feeText({ kind, rate }: Fee): string {
  if (readPpm(rate) === 0n) return 'none';
  switch (kind) {
    case 'proportional':
      return `${exactShare(rate)} of the value`;
    case 'probability':
      return `${exactShare(rate)} × p × (1 − p) a share, p its price`;
    case 'probability_cent':
      return `${exactShare(rate)} × p × (1 − p) a share, p its price, rounded up to a cent for each order`;
  }
}

/** "Fee: 0.4 % of the value at once, 0.25 % of the value where it rests first." */
export const feesText = ({ takerFee, makerFee }: Pick<Instrument, 'takerFee' | 'makerFee'>): string =>
  `Fee: ${feeText(takerFee)} for what fills at once, ${feeText(makerFee)} for what rests first.`;

/** All decimals there are: a fee of 0.25 % is not one of 0.3 %. */
const exactShare = (rate: string): string => `${formatDecimal(readPpm(rate), 4)}\u00a0%`;
