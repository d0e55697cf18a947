import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { workloads } from '../../lib/config/workloads';
import { imageOf } from '../../lib/constructs/workload-image';
import { ROOT } from '../fixtures/cloud/synthesize';

const NAMES = Object.keys(workloads);
const COPIED = [
  'adapters',
  'contracts',
  'domain',
  'eks-workloads',
  'engines',
  'lambdas/trading',
  'runtime',
  'usecases',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.dockerignore',
];

let root: string;
let before: Readonly<Record<string, string>>;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'images-'));
  for (const path of COPIED) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  before = hashes();
});
afterAll(() => rmSync(root, { recursive: true }));

const hashes = (): Readonly<Record<string, string>> => {
  const stack = new Stack(new App({ outdir: mkdtempSync(join(tmpdir(), 'images-out-')) }), 'Images');
  return Object.fromEntries(
    NAMES.map((name) => [name, new DockerImageAsset(stack, name, imageOf(name, root)).assetHash]),
  );
};

/** As the Dockerfile does it: what a file is missing for stops the build of the image, and with it the deploy. */
test.each(NAMES)('the files of the image of %s are all that its bundle is made of', (name) => {
  const context = mkdtempSync(join(tmpdir(), 'image-'));
  const kept = (imageOf(name, root).exclude ?? []).filter((pattern) => pattern.startsWith('!'));
  for (const pattern of kept)
    cpSync(join(root, pattern.slice(1)), join(context, pattern.slice(1)), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(context, 'node_modules'));
  const { file, buildArgs } = imageOf(name, root);
  const [, build = ''] = /^RUN (bun build [^\\]*)/m.exec(readFileSync(join(context, file ?? ''), 'utf8')) ?? [];
  const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  execFileSync('sh', ['-c', build], { cwd: context, stdio: 'pipe', env: { ...process.env, PATH, ...buildArgs } });
  expect(existsSync(join(context, 'out/main.js'))).toBe(true);
  rmSync(context, { recursive: true });
});

/** Goal: a new image restarts its workload, so a change makes new images only of what it is in. */
test.each`
  file                                       | changed
  ${'engines/gateway/gateway.ts'}            | ${['websocket']}
  ${'engines/market-data/book-publisher.ts'} | ${['market-data']}
  ${'eks-workloads/risk-engine/main.ts'}     | ${['risk-engine']}
  ${'eks-workloads/Dockerfile'}              | ${NAMES}
  ${'adapters/venues/kraken/feed.ts'}        | ${['market-data']}
  ${'usecases/events/relay-outbox.ts'}       | ${['event-relay']}
  ${'lambdas/trading/handler.ts'}            | ${[]}
  ${'runtime/service.ts'}                    | ${NAMES}
`('a change of $file makes new images of $changed', ({ file, changed }: { file: string; changed: string[] }) => {
  appendFileSync(join(root, file), '\n');
  const after = hashes();
  const renewed = NAMES.filter((name) => after[name] !== before[name]);
  before = after;
  expect(renewed.sort()).toEqual([...changed].sort());
});
