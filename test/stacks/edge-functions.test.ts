import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { pageCode } from '../../lib/constructs/edge-functions';
import { templates } from '../fixtures/cloud/templates';

type EdgeRequest = { uri: string; headers: Record<string, { value: string }> };

/** Runs the code that the template deploys, as CloudFront would. */
const run = (name: string, uri: string, headers: EdgeRequest['headers'] = {}): EdgeRequest => {
  const fn = templates()
    .all('AWS::CloudFront::Function')
    .find(({ properties }) => properties.Name === `proving-ground-dev-${name}`);
  const event = { viewer: { ip: '203.0.113.7' }, request: { uri, headers } };
  return runInNewContext(`${fn?.properties.FunctionCode}\nhandler(event)`, { event });
};

test.each`
  asked                       | sent
  ${'/api/tiers'}             | ${'/tiers'}
  ${'/api/accounts/1/orders'} | ${'/accounts/1/orders'}
  ${'/api/'}                  | ${'/'}
  ${'/api'}                   | ${'/'}
  ${'/apiary'}                | ${'/apiary'}
  ${'/api/api/x'}             | ${'/api/x'}
`('the API is asked for $sent when the browser asks for $asked', ({ asked, sent }) => {
  expect(run('strip-api-prefix', asked).uri).toBe(sent);
});

test("the viewer's address is CloudFront's word, whatever the viewer claims", () => {
  const { headers } = run('strip-api-prefix', '/api/me', { 'x-viewer-address': { value: '10.0.0.1' } });
  expect(headers['x-viewer-address']).toEqual({ value: '203.0.113.7' });
});

const site = mkdtempSync(join(tmpdir(), 'site-'));
const PAGES = ['index.html', 'desk/index.html', 'desk/index.txt', 'icon.svg', '_next/static/a.js'];
for (const file of [...PAGES, '404.html', '404/index.html', '_not-found/index.html']) {
  mkdirSync(dirname(join(site, file)), { recursive: true });
  writeFileSync(join(site, file), '');
}

/** What S3 is asked for, and the status that a viewer sees when S3 has answered with `status`. */
function page(uri: string, status = 200) {
  const run = (event: object) => runInNewContext(`${pageCode(site)}\nhandler(event)`, { event });
  const { uri: file } = run({ request: { uri } });
  // Whether CloudFront shows the answer's function the path as it came or as it was rewritten is the same to it.
  const seen = [uri, file].map((path) => run({ request: { uri: path }, response: { statusCode: status } }).statusCode);
  expect(seen[0]).toBe(seen[1]);
  return `${seen[0]} ${file}`;
}

test.each`
  asked                      | seen
  ${'/'}                     | ${'200 /index.html'}
  ${'/desk/'}                | ${'200 /desk/index.html'}
  ${'/desk'}                 | ${'200 /desk/index.html'}
  ${'/desk/index.txt'}       | ${'200 /desk/index.txt'}
  ${'/_next/static/a.js'}    | ${'200 /_next/static/a.js'}
  ${'/_next/static/old.js'}  | ${'200 /_next/static/old.js'}
  ${'/icon.svg'}             | ${'200 /icon.svg'}
  ${'/nowhere'}              | ${'404 /404.html'}
  ${'/nowhere/'}             | ${'404 /404.html'}
  ${'/desk/nowhere/'}        | ${'404 /404.html'}
  ${'/desk/index.html/more'} | ${'404 /404.html'}
  ${'/favicon.ico'}          | ${'404 /404.html'}
  ${'/404.html'}             | ${'404 /404.html'}
  ${'/404/'}                 | ${'404 /404.html'}
  ${'/_not-found/'}          | ${'404 /404.html'}
  ${'/wp-login.php'}         | ${'404 /404.html'}
  ${'//desk/'}               | ${'404 /404.html'}
  ${'/%64esk/'}              | ${'404 /404.html'}
`('$asked is answered with $seen', ({ asked, seen }) => {
  expect(page(asked)).toBe(seen);
});

test('a page that the browser has already is not sent again', () => {
  expect(page('/nowhere/', 304)).toBe('304 /404.html');
});

test('the template runs this code on requests and answers of pages, within the size that CloudFront takes', () => {
  const source = pageCode(site).split('\n').slice(1).join('\n');
  const functions = templates().all('AWS::CloudFront::Function');
  const codes = functions.map(({ properties }) => String(properties.FunctionCode));
  expect(codes.filter((code) => code.endsWith(source))).toHaveLength(2);
  expect(Math.max(...codes.map((code) => Buffer.byteLength(code)))).toBeLessThan(10_240);
  const { DefaultCacheBehavior } = templates().one('AWS::CloudFront::Distribution').properties.DistributionConfig;
  const events = DefaultCacheBehavior.FunctionAssociations.map(({ EventType }: { EventType: string }) => EventType);
  expect(events).toEqual(['viewer-request', 'viewer-response']);
});
