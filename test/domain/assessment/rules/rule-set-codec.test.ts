import fc from 'fast-check';
import { RULE_SET } from '../../../../domain/assessment/rules/rule-set-codec';
import { anyRuleSet } from '../../../fixtures/arbitrary-rules';

/** Goal: whatever differs between two rule sets differs in their texts, and so in their hashes. */
test('every parameter of any rule set comes back from its canonical text', () => {
  fc.assert(
    fc.property(anyRuleSet, (rules) => {
      expect(RULE_SET.decode(JSON.parse(JSON.stringify(RULE_SET.encode(rules))))).toEqual(rules);
    }),
  );
});
