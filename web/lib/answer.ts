import type { Problem } from '../../contracts/http/problem';
import type { Fault } from '../../domain/kernel/result';

/** Every call ends in a value: what was asked for, or the problem that says why not. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Refusals that arise in the browser, for want of an answer from the platform. */
export const unreachable = (correlationId: string): Problem => ({
  type: 'urn:proving-ground:problem:unreachable',
  title: 'The platform could not be reached; check your connection and try again',
  status: 0,
  refusal: 'unreachable',
  correlationId,
});

export const unreadable = (status: number, correlationId: string): Problem => ({
  type: 'urn:proving-ground:problem:unreadable',
  title: status >= 500 ? 'The platform is not available right now; try again in a moment' : 'An unexpected answer came',
  status,
  refusal: 'unreadable',
  correlationId,
});

/** The rule that one field of a form broke, in the platform's words. */
export const ruleOf = (problem: Problem | undefined, field: string): string | undefined =>
  ruleAt(problem?.errors ?? [], field);

export function ruleAt(faults: readonly Fault[], field: string): string | undefined {
  const rule = faults.find((fault) => isAbout(fault.field, field))?.rule;
  return rule && `${rule.charAt(0).toUpperCase()}${rule.slice(1)}`;
}

/** Whether the outcome of the call is unknown, so that the same command may and should be sent again. */
export const mayHaveHappened = (problem: Problem): boolean =>
  problem.status === 0 || problem.status >= 500 || problem.refusal === 'account_busy';

/** Whether a purchase's id can never be paid under: what is bought next needs another. */
export const isIdSpent = ({ refusal }: Problem): boolean =>
  refusal === 'purchase_id_reused' || refusal === 'checkout_expired';

/** A part of a field, "timeInForce.expiresAt", stands where its whole does. */
export const isAbout = (errorField: string, field: string): boolean =>
  errorField === field || errorField.startsWith(`${field}.`);

/** A field of a contract in words: "timeInForce.expiresAt" → "Time in force expires at", "accountId" → "Account". */
export function fieldText(field: string): string {
  const words = field
    .replace(/Id$/, '')
    .replace(/[.[\]]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
