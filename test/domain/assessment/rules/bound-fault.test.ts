import { boundFault } from '../../../../domain/assessment/rules/bound-fault';
import { ABOVE_ZERO, NOT_NEGATIVE } from '../../../../domain/assessment/rules/bounds';
import {
  bounded,
  choice,
  group,
  list,
  nullable,
  oneOf,
  type ValueOf,
  whole,
} from '../../../../domain/assessment/rules/field';

const COUNT = bounded(whole(0, 9), ABOVE_ZERO, { rule: 'must be even', holds: (count) => count % 2 === 0 });
const FEW = { rule: 'must be few', holds: (all: readonly unknown[]) => all.length < 3 };
const LIMIT = bounded(
  oneOf({
    some: group({ kind: choice('some'), count: COUNT }),
    all: group({ kind: choice('all'), less: bounded(whole(-9, 9), NOT_NEGATIVE) }),
  }),
  { rule: 'must not be all', holds: (limit) => limit.kind !== 'all' || limit.less > 1 },
);
const FIELDS = group({ first: nullable(COUNT), listed: bounded(list(group({ count: COUNT }), 9), FEW), limit: LIMIT });

const SOUND: ValueOf<typeof FIELDS> = { first: 2, listed: [{ count: 2 }], limit: { kind: 'some', count: 4 } };

/** Goal: each bound of a description is kept, wherever its field stands, and the first that is not is named. */
test.each<[string, Partial<typeof SOUND>, string]>([
  ['all that holds', {}, 'nothing'],
  ['nothing where nothing may be', { first: null }, 'nothing'],
  ['a value', { first: 0 }, 'x.first must be above 0'],
  ['the second bound of a value', { first: 3 }, 'x.first must be even'],
  ['one of a list', { listed: [{ count: 2 }, { count: 5 }] }, 'x.listed[1].count must be even'],
  ['a list', { listed: [{ count: 5 }, { count: 2 }, { count: 2 }] }, 'x.listed must be few'],
  ['a field of one kind', { limit: { kind: 'some', count: 0 } }, 'x.limit.count must be above 0'],
  ['a kind', { limit: { kind: 'all', less: 1 } }, 'x.limit must not be all'],
  ['another kind', { limit: { kind: 'all', less: 2 } }, 'nothing'],
  ['two, in the order of the description', { first: 1, limit: { kind: 'some', count: 0 } }, 'x.first must be even'],
])('%s: %j is told %s', (_, change, told) => {
  const fault = boundFault(FIELDS, { ...SOUND, ...change }, 'x');
  expect(fault ? `${fault.field} ${fault.rule}` : 'nothing').toBe(told);
});
