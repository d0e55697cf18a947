/** One line of the sum that led to a verdict: what it is, and a plain decimal, a time or a count. */
export type BreakdownLine = { readonly label: string; readonly value: string };
