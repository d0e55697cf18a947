import {
  absentAs,
  COUNT,
  type Codec,
  FLAG,
  list,
  nullable,
  PPM,
  QTY,
  record,
  TIMES,
  text,
  USD,
  variant,
} from '../../kernel/codec';
import type { Field } from './field';
import { RULE_SET_FIELDS, type RuleSet } from './rule-set';

const codecOf = (field: Field): Codec<unknown> => {
  const form = encoded(field) as Codec<unknown>;
  return field.absent === undefined ? form : absentAs(form, field.absent);
};

/** How each kind of field stands in the canonical bytes. */
function encoded(field: Field): object {
  switch (field.kind) {
    case 'usd':
      return USD;
    case 'qty':
      return QTY;
    case 'share':
      return PPM;
    case 'times':
      return TIMES;
    case 'whole':
      return COUNT;
    case 'flag':
      return FLAG;
    case 'choice':
    case 'instrument':
    case 'text':
    case 'shaped':
      return text();
    case 'nullable':
      return nullable(codecOf(field.of));
    case 'list':
      return list(codecOf(field.of));
    case 'group':
      return record(byName<unknown>(field.fields));
    case 'one_of':
      return variant('kind', byName<{ readonly kind: string }>(field.groups));
  }
}

const byName = <T>(fields: { readonly [name: string]: Field }): { readonly [name: string]: Codec<T> } =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, codecOf(field) as Codec<T>]));

export const RULE_SET: Codec<RuleSet> = codecOf(RULE_SET_FIELDS) as Codec<RuleSet>;
