import * as z from 'zod';
import { tierRoutes } from '../../../contracts/http/purchases';
import { plainRule } from '../../../contracts/requests/plain-rule';
import { faultsOf } from '../../../contracts/requests/request-faults';
import { ruleSet } from '../../../contracts/rule-set';
import type { Fault } from '../../../domain/kernel/result';
import { isAbout } from '../answer';
import type { Rules } from '../contract';
import { type Draft, fieldOf, valueAt } from './draft';
import { type FormField, phaseGroups, shownIn, TIER_FIELDS } from './form';

const { params, body } = tierRoutes.publishTier;

/** What the contract says of a draft before it is sent: the words of the platform, at the fields that it names. */
export function draftFaults({ slug, data }: Draft): readonly Fault[] {
  return [
    [params, { slug }],
    [body, data],
  ].flatMap(([schema, value]) => {
    const parsed = (schema as z.ZodType).safeParse(value, { error: plainRule });
    return parsed.success ? [] : faultsOf(parsed.error);
  });
}

export type ReadRules =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The rules of a phase as a tier of them would be told, what they leave out included; or why they are none. */
export function rulesAt(data: unknown, phase: number): ReadRules {
  const parsed = ruleSet.safeParse(valueAt(data, ['phases', phase, 'rules']), { error: plainRule });
  return parsed.success
    ? { ok: true, rules: z.encode(ruleSet, parsed.data) }
    : { ok: false, faults: faultsOf(parsed.error, 'rules') };
}

/** How many phases a draft has, whatever is in them. */
export function phaseCount(data: unknown): number {
  const phases = valueAt(data, ['phases']);
  return Array.isArray(phases) ? phases.length : 0;
}

/** Every field that a draft has in the form now. */
const fieldsOf = (data: unknown): readonly FormField[] => [
  ...shownIn(data, TIER_FIELDS),
  ...Array.from({ length: phaseCount(data) }, (_, phase) =>
    phaseGroups(phase).flatMap(({ fields }) => shownIn(data, fields)),
  ).flat(),
];

/** A part that may be left out speaks for itself alone: what is in it has fields of its own, or none. */
const isSaidAt = ({ kind, at }: FormField, fault: Fault): boolean =>
  kind === 'part' ? fault.field === fieldOf(at) : isAbout(fault.field, fieldOf(at));

/** What is said at no field of the form, and so at the text. */
export function faultsInText(data: unknown, faults: readonly Fault[]): readonly Fault[] {
  const shown = fieldsOf(data);
  return faults.filter((fault) => fault.field !== 'slug' && !shown.some((field) => isSaidAt(field, fault)));
}
