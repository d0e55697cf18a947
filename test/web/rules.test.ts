import { fillOf, severityOf, zoneText } from '../../web/lib/rules';

/** Goal: the gauge changes exactly where the platform warns: at 50, 80 and 95 per cent, and when nothing is left. */
test.each`
  used      | limit   | severity      | fill
  ${0n}     | ${500n} | ${'calm'}     | ${0}
  ${249n}   | ${500n} | ${'calm'}     | ${498}
  ${250n}   | ${500n} | ${'half'}     | ${500}
  ${399n}   | ${500n} | ${'half'}     | ${798}
  ${400n}   | ${500n} | ${'near'}     | ${800}
  ${475n}   | ${500n} | ${'critical'} | ${950}
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
