import fc from 'fast-check';
import * as z from 'zod';
import { ruleSet } from '../../contracts/rule-set';
import { RULE_SET } from '../../domain/assessment/rules/rule-set-codec';
import { anyRuleSet } from '../fixtures/arbitrary-rules';

/** Goal: what is published, stored and shown is what is hashed. */
test('the wire speaks of any rule set in the form of its canonical text, and reads it back', () => {
  fc.assert(
    fc.property(anyRuleSet, (rules) => {
      const form = z.encode(ruleSet, rules);
      const kept = JSON.stringify(RULE_SET.encode(rules));
      const read = ruleSet.parse(JSON.parse(JSON.stringify(form)));
      expect(read).toEqual(rules);
      expect(JSON.stringify(RULE_SET.encode(read))).toBe(kept);
      expect(ruleSet.parse(JSON.parse(kept))).toEqual(rules);
    }),
  );
});
