import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIZES, STAGES, type StageName } from '../../lib/config/sizes';
import { ADDON_NEEDS } from '../fixtures/cloud/addon-needs';
import { demandOf, tooSmall, totalOf } from '../fixtures/cloud/capacity';
import { type KubernetesObject, manifestsOf, type Release, releasesOf, rendered } from '../fixtures/cloud/objects';
import { podsWithin } from '../fixtures/cloud/pods';
import { PROD_INPUTS } from '../fixtures/cloud/prod-inputs';
import { synthesize } from '../fixtures/cloud/synthesize';
import { Templates } from '../fixtures/cloud/templates';
import { analyze } from './analyze';
import { ApiServer } from './api-server';
import { MUST_BE_FOUND, MUST_REFUSE } from './must-refuse';
import { buildApiServer, buildGo, etcd, helm, isGoInstalled, moduleFiles } from './programs';
import { definitions, ISTIO, ISTIO_CHARTS, UNPUBLISHED } from './sources';
import { Submission } from './submit';

/** Counted as they come: what was found right, what was found wrong, and what could not be looked at. */
let passed = 0;
let failed = 0;
let skipped = 0;

const wrong = (what: string): void => {
  failed += 1;
  console.error(what);
};
const unchecked = (what: string, why: string): void => {
  skipped += 1;
  console.log(`Not checked: ${what}, since ${why}`);
};
const reason = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] as string) : String(error);

type Stage = {
  readonly name: StageName;
  readonly objects: readonly KubernetesObject[];
  readonly addons: readonly string[];
  /** Every chart was at hand. */
  readonly isWhole: boolean;
};

/**
 * `npm run check:deploy`: every Kubernetes object that a deploy of any stage makes, those of its charts included, is
 * shown to a real API server of the cluster's version, strictly and without being kept; then Istio's own analysis
 * looks at them together.
 */
async function main(): Promise<void> {
  if (!isGoInstalled()) {
    unchecked('the Kubernetes objects of all stages', 'Go, which builds the API server, is not installed');
    return;
  }
  const stages = await allStages();
  for (const stage of stages) roomFor(stage);
  await againstApiServer(stages);
  await againstIstio(stages);
}

async function allStages(): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  for (const name of STAGES) {
    const assembly = synthesize(name === 'dev' ? { STAGE: name } : { STAGE: name, ...PROD_INPUTS });
    try {
      const templates = new Templates(assembly);
      const all = releasesOf(templates);
      // What a chart asks for that is not to be had is written down, as an add-on's is.
      const noted = all.flatMap(({ chart }) => (chart && ADDON_NEEDS[chart] ? [chart] : []));
      for (const chart of noted) unchecked(`${name}: the chart of ${chart}`, 'its chart cannot be had as a package');
      const others = all.filter(({ chart }) => !chart || !noted.includes(chart));
      const releases = await Promise.all(others.map((release) => contentsOf(name, release, assembly)));
      const addons = templates.all('AWS::EKS::Addon').map(({ properties }) => String(properties.AddonName));
      for (const addon of addons)
        unchecked(`${name}: the add-on ${addon}`, 'AWS publishes no manifests of its add-ons');
      const objects = [...manifestsOf(templates), ...releases.flatMap((contents) => contents ?? [])];
      stages.push({
        name,
        objects,
        addons: [...addons, ...noted],
        isWhole: releases.every((contents) => contents !== undefined),
      });
    } finally {
      rmSync(assembly, { recursive: true });
    }
  }
  return stages;
}

function roomFor({ name, objects, addons, isWhole }: Stage): void {
  if (!isWhole) {
    unchecked(`${name}: whether its pods find room`, 'not all of its charts are at hand');
    return;
  }
  const demand = demandOf(objects, addons);
  const faults = tooSmall(demand, SIZES[name]);
  console.log(`${name}: ${totalOf(demand)}`);
  for (const fault of faults) wrong(`${name}: ${fault}`);
  if (faults.length === 0) passed += 1;
}

/** The objects of a release; undefined, and told, when its chart is not to be had or says no to our values. */
async function contentsOf(
  stage: string,
  release: Release,
  assembly: string,
): Promise<readonly KubernetesObject[] | undefined> {
  const what = `${stage}: the chart of ${release.release}`;
  let program: string;
  let chart: string | undefined;
  try {
    program = helm();
    chart = await chartOf(release, assembly);
  } catch (error) {
    unchecked(what, reason(error));
    return undefined;
  }
  if (!chart) {
    unchecked(what, 'its chart cannot be had as a package');
    return undefined;
  }
  try {
    return rendered(program, release, chart);
  } catch (error) {
    wrong(`${what}: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** The folder of its chart: an asset of the assembly, or among Istio's sources. */
async function chartOf({ asset, chart }: Release, assembly: string): Promise<string | undefined> {
  if (asset) return join(assembly, `asset.${asset}`);
  const inIstio = chart && ISTIO_CHARTS[chart];
  return inIstio ? join(await moduleFiles(ISTIO), inIstio) : undefined;
}

async function againstApiServer(stages: readonly Stage[]): Promise<void> {
  let programs: { readonly etcd: string; readonly apiServer: string };
  let kinds: readonly KubernetesObject[];
  try {
    kinds = await definitions();
    programs = { etcd: await etcd(), apiServer: await buildApiServer() };
  } catch (error) {
    unchecked('the Kubernetes objects of all stages', reason(error));
    return;
  }
  const server = new ApiServer();
  try {
    await server.start(programs);
    const submission = new Submission(server);
    const made = new Set<string>();
    const makesPlace = ({ kind }: KubernetesObject) => kind === 'Namespace';
    for (const definition of kinds) {
      const complaint = await submission.create(definition);
      if (complaint) wrong(`${definition.from} ${definition.name}: ${complaint}`);
    }
    for (const { name, objects } of stages) {
      const others = objects.filter((one) => !makesPlace(one));
      for (const object of [...objects.filter(makesPlace), ...others, ...others.flatMap(podsWithin)]) {
        const at = `${name}: ${object.from} ${object.kind} ${object.name}`;
        if (UNPUBLISHED.includes(`${object.apiVersion} ${object.kind}`)) {
          unchecked(at, `nobody publishes what ${object.apiVersion} is`);
          continue;
        }
        const isNew = makesPlace(object) && !made.has(object.name);
        if (isNew) made.add(object.name);
        const complaint = isNew ? await submission.create(object) : await submission.check(object);
        if (complaint) wrong(`${at}: ${complaint}`);
        else passed += 1;
      }
    }
    for (const { what, object, because } of MUST_REFUSE) {
      const complaint = await submission.check(object);
      if (complaint && because.test(complaint)) passed += 1;
      else wrong(`${what} was not refused for what it is, but: ${complaint ?? 'let through'}`);
    }
  } finally {
    await server.stop();
  }
}

async function againstIstio(stages: readonly Stage[]): Promise<void> {
  let istioctl: string;
  try {
    istioctl = await buildGo('istioctl', ISTIO.version, await moduleFiles(ISTIO), './istioctl/cmd/istioctl');
  } catch (error) {
    unchecked("the stages by Istio's analysis", reason(error));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'istio-analysis-'));
  for (const { name, objects } of stages) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, objects.map(({ text }) => text).join('\n---\n'));
    const complaint = analyze(istioctl, file);
    if (complaint) wrong(`${name}: istioctl analyze: ${complaint}`);
    else passed += 1;
  }
  const planted = join(folder, 'planted.yaml');
  writeFileSync(planted, MUST_BE_FOUND.text);
  if (analyze(istioctl, planted)) passed += 1;
  else wrong('istioctl analyze lets a route through whose gateway does not exist');
  rmSync(folder, { recursive: true });
}

void main()
  .catch((error) => wrong(error instanceof Error ? String(error.stack) : String(error)))
  .then(() => {
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    process.exitCode = failed > 0 ? 1 : 0;
  });
