import { formatUsd, type Usd } from '../../kernel/money';

/** One line of the sum that led to a verdict: what it is, and a plain decimal, a time or a count. */
export type BreakdownLine = { readonly label: string; readonly value: string };

export const money = (label: string, amount: Usd): BreakdownLine => ({ label, value: formatUsd(amount) });
