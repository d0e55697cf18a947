import { fillOf, severityOf, zoneText } from '../../web/lib/rules';

/** Goal: the gauge says "broken" exactly where the platform does: when the limit is touched. */
test.each`
  used      | limit   | severity      | fill
  ${0n}     | ${500n} | ${'calm'}     | ${0}
  ${299n}   | ${500n} | ${'calm'}     | ${598}
  ${300n}   | ${500n} | ${'near'}     | ${600}
  ${425n}   | ${500n} | ${'critical'} | ${850}
  ${499n}   | ${500n} | ${'critical'} | ${998}
  ${500n}   | ${500n} | ${'broken'}   | ${1000}
  ${9_999n} | ${500n} | ${'broken'}   | ${1000}
`('$used of $limit', ({ used, limit, severity, fill }: Record<'used' | 'limit', bigint> & Record<string, unknown>) => {
  expect(severityOf(used, limit)).toBe(severity);
  expect(fillOf(used, limit)).toBe(fill);
});

test('zones are named as people name them', () => {
  expect(zoneText('UTC')).toBe('UTC');
  expect(zoneText('America/New_York')).toBe('New York time');
});
