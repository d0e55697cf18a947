import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { countedAddress, viewerOf } from '../../runtime/viewer';

const NEW = 'n'.repeat(40);
const OLD = 'o'.repeat(40);

beforeAll(() => {
  const file = join(mkdtempSync(join(tmpdir(), 'edge-')), 'edge.json');
  writeFileSync(file, JSON.stringify({ current: NEW, previous: OLD }));
  process.env.EDGE_SECRET = pathToFileURL(file).href;
});

const viewer = (headers: Readonly<Record<string, string>>) => viewerOf((name) => headers[name]);
const ADDRESS = '203.0.113.7';

/** Goal: the viewer's address is believed with the edge's word, and with nothing else. */
test.each`
  story                              | headers                                                                | believed
  ${'the word of now'}               | ${{ 'x-origin-secret': NEW, 'x-viewer-address': ADDRESS }}             | ${ADDRESS}
  ${'the word of before'}            | ${{ 'x-origin-secret': OLD, 'x-viewer-address': ADDRESS }}             | ${ADDRESS}
  ${'no word'}                       | ${{ 'x-viewer-address': ADDRESS }}                                     | ${undefined}
  ${'an empty word'}                 | ${{ 'x-origin-secret': '', 'x-viewer-address': ADDRESS }}              | ${undefined}
  ${'another word'}                  | ${{ 'x-origin-secret': 'x'.repeat(40), 'x-viewer-address': ADDRESS }}  | ${undefined}
  ${'the beginning of the word'}     | ${{ 'x-origin-secret': NEW.slice(1), 'x-viewer-address': ADDRESS }}    | ${undefined}
  ${'both words, as two headers do'} | ${{ 'x-origin-secret': `${NEW},${OLD}`, 'x-viewer-address': ADDRESS }} | ${undefined}
  ${'the word without an address'}   | ${{ 'x-origin-secret': NEW }}                                          | ${undefined}
`('$story', async ({ headers, believed }) => {
  expect(await viewer(headers)).toBe(believed);
});

test.each`
  address                           | counted
  ${'203.0.113.7'}                  | ${'203.0.113.7'}
  ${'::ffff:203.0.113.7'}           | ${'203.0.113.7'}
  ${'::FFFF:203.0.113.7'}           | ${'203.0.113.7'}
  ${'2001:db8:1:2:3:4:5:6'}         | ${'2001:db8:1:2::/64'}
  ${'2001:db8:1:2:ffff::1'}         | ${'2001:db8:1:2::/64'}
  ${'2001:0DB8:0001:0002:0:0:0:9'}  | ${'2001:db8:1:2::/64'}
  ${'2001:db8::1'}                  | ${'2001:db8:0:0::/64'}
  ${'2001:0db8:0000:0000:1:1:1:1'}  | ${'2001:db8:0:0::/64'}
  ${'::1'}                          | ${'0:0:0:0::/64'}
  ${'fe80::1%eth0'}                 | ${'fe80:0:0:0::/64'}
  ${'64:ff9b::203.0.113.7'}         | ${'64:ff9b:0:0::/64'}
  ${'something that is no address'} | ${'something that is no address'}
`('$address counts as $counted', ({ address, counted }) => {
  expect(countedAddress(address)).toBe(counted);
});
