import { runInNewContext } from 'node:vm';
import { templates } from './templates';

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

test.each`
  asked                   | file
  ${'/'}                  | ${'/index.html'}
  ${'/desk/'}             | ${'/desk/index.html'}
  ${'/desk'}              | ${'/desk/index.html'}
  ${'/_next/static/a.js'} | ${'/_next/static/a.js'}
  ${'/favicon.ico'}       | ${'/favicon.ico'}
`('$asked is the file $file', ({ asked, file }) => {
  expect(run('name-page-file', asked).uri).toBe(file);
});
