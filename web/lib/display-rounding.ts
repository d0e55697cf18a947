import { absolute } from '../../domain/kernel/money';

/** Integer division to the nearest, halves away from zero. For the eye alone: money is rounded one way, by name. */
export function divideNearest(numerator: bigint, denominator: bigint): bigint {
  const rounded = (absolute(numerator) * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}
