import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { workloads } from '../../lib/config/workloads';
import { imageOf } from '../../lib/constructs/workload-image';
import { ROOT } from './synthesize';

const NAMES = Object.keys(workloads);
const COPIED = [
  ...['adapters', 'contracts', 'domain', 'eks-workloads', 'lambdas/trading', 'runtime', 'usecases'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', '.dockerignore'],
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

/** Goal: a new image restarts its workload, so a change makes new images only of what it is in. */
test.each`
  file                                      | changed
  ${'eks-workloads/websocket/gateway.ts'}   | ${['websocket']}
  ${'eks-workloads/market-data/desk.ts'}    | ${['market-data']}
  ${'eks-workloads/risk-engine/Dockerfile'} | ${['risk-engine']}
  ${'adapters/venues/kraken/feed.ts'}       | ${['market-data']}
  ${'usecases/relay-outbox.ts'}             | ${['event-relay']}
  ${'lambdas/trading/handler.ts'}           | ${[]}
  ${'runtime/service.ts'}                   | ${NAMES}
`('a change of $file makes new images of $changed', ({ file, changed }: { file: string; changed: string[] }) => {
  appendFileSync(join(root, file), '\n');
  const after = hashes();
  const renewed = NAMES.filter((name) => after[name] !== before[name]);
  before = after;
  expect(renewed.sort()).toEqual([...changed].sort());
});
