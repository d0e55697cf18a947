import type { Width } from '../../domain/assessment/rules/rule-set';
import { invariant } from '../../domain/kernel/invariant';
import { parsePpm, parseUsd, portion, type Usd } from '../../domain/kernel/money';

/** The amounts of rule sets that are written down in the program. */
export function dollars(text: string): Usd {
  const amount = parseUsd(text);
  invariant(amount !== undefined, `${text} is an amount`);
  return amount;
}

export function share(text: string) {
  const part = parsePpm(text);
  invariant(part !== undefined, `${text} is a share`);
  return part;
}

/** So many times, as a share. */
export const times = (text: string) => share(text);

/** A share of the starting balance, as a fixed amount. */
export const of = (startingUsd: Usd, text: string): Usd => portion(startingUsd, share(text), 'floor');

export const fixed = (startingUsd: Usd, text: string): Width => ({ kind: 'usd', usd: of(startingUsd, text) });
