import fc from 'fast-check';
import type { Field } from '../../../../domain/assessment/rules/field';
import { RULE_SET_FIELDS, type RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { ppm, usd } from '../../../../domain/kernel/money';
import { BTC, ETH } from '../../story';

const WHOLE_MAX = 1_000_000;

/** Any value of a field's kind: what the wire would read, whether or not anybody could be judged by it. */
function arbitraryOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'usd':
      return fc.bigInt({ min: 1n, max: 10n ** 14n }).map(usd);
    case 'share':
      return fc.bigInt({ min: 0n, max: 1_000_000n }).map(ppm);
    case 'whole':
      return fc.integer({ min: field.least, max: Math.min(field.most, WHOLE_MAX) });
    case 'flag':
      return fc.boolean();
    case 'instrument':
      return fc.constantFrom(BTC, ETH);
    case 'text':
      return fc.constantFrom('UTC', 'Europe/Prague', 'America/New_York');
    case 'shaped':
      return fc.constantFrom('00:00', '00:30', '17:00');
    case 'choice':
      return fc.constantFrom(...field.names);
    case 'nullable':
      return fc.option(arbitraryOf(field.of), { nil: null });
    case 'list':
      return fc.array(arbitraryOf(field.of), { maxLength: 3 });
    case 'group':
      return recordOf(field.fields);
    case 'one_of':
      return fc.oneof(...Object.values(field.groups).map(arbitraryOf));
  }
}

const recordOf = (fields: { readonly [name: string]: Field }) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, arbitraryOf(field)])));

export const anyRuleSet = arbitraryOf(RULE_SET_FIELDS) as fc.Arbitrary<RuleSet>;
