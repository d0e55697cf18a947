import * as z from 'zod';
import type { Field, FormOf } from '../domain/assessment/rules/field';
import { RULE_SET_FIELDS, type RuleSet } from '../domain/assessment/rules/rule-set';
import { invariant } from '../domain/kernel/invariant';
import { ppmText, qtyText, times, usdText } from './decimal';
import { instrumentId } from './ids';
import { text } from './text';

/** How each kind of field stands on the wire; what else its values have to be is decided when they are published. */
function schemaOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'usd':
      return usdText;
    case 'qty':
      return qtyText;
    case 'share':
      return ppmText;
    case 'times':
      return times(field.least, field.most);
    case 'whole':
      return z.int().min(field.least).max(field.most);
    case 'flag':
      return z.boolean();
    case 'instrument':
      return instrumentId;
    case 'text':
      return text().min(field.least).max(field.most);
    case 'shaped':
      return z.string().regex(field.shape, field.rule);
    case 'choice':
      return z.enum(field.names);
    case 'nullable':
      return schemaOf(field.of).nullable();
    case 'list':
      return z.array(schemaOf(field.of)).max(field.most).readonly();
    case 'group':
      return groupOf(field.fields);
    case 'one_of': {
      const [first, ...others] = Object.values(field.groups).map(({ fields }) => groupOf(fields));
      invariant(first !== undefined, 'something can be chosen');
      return z.discriminatedUnion('kind', [first, ...others]);
    }
  }
}

const groupOf = (fields: { readonly [name: string]: Field }) =>
  z.strictObject(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, addedOf(field)])));

/** What may be absent is there again once it was read. */
const addedOf = (field: Field): z.ZodType =>
  field.absent === undefined ? schemaOf(field) : schemaOf(field).default(field.absent);

/** The rules one phase is judged by, pinned at purchase by version and hash. */
export const ruleSet = schemaOf(RULE_SET_FIELDS) as z.ZodType<RuleSet, FormOf<typeof RULE_SET_FIELDS>>;
