import { formatPpm, ppm, usd } from '../../kernel/money';
import type { Gate } from '../judging/judgement';
import { type BreakdownLine, money } from './breakdown-line';

/** What was there, and what was asked for. */
export function gateLines({ gate, have, need }: Gate): readonly BreakdownLine[] {
  switch (gate) {
    case 'target_usd':
      return [money('profit', usd(have)), money('profit needed', usd(need))];
    case 'flat_positions':
      return [{ label: 'open positions', value: `${have}` }];
    case 'trades':
      return [counted('trades', have), counted('trades needed', need)];
    case 'days':
      return [counted('days', have), counted('days needed', need)];
    case 'best_day_ppm':
      return [
        { label: 'share of the best day', value: formatPpm(ppm(have)) },
        { label: 'share allowed', value: formatPpm(ppm(need)) },
      ];
    case 'best_trade_ppm':
      return [
        { label: 'share of the best trade', value: formatPpm(ppm(have)) },
        { label: 'share allowed', value: formatPpm(ppm(need)) },
      ];
  }
}

const counted = (label: string, count: bigint): BreakdownLine => ({ label, value: `${count}` });
