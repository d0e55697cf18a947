import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Assembly, readAssembly } from './assembly/assembly';
import { readBehaviours } from './assembly/distribution';
import { makeDemoUsers } from './demo-users';
import { runDeploymentSteps } from './deployment-steps';
import { startOrigin } from './edge/origin';
import type { Overrides } from './environment';
import { DATABASE, factsOf, type PlatformFacts } from './facts';
import { Functions } from './functions';
import { installRay, isRayInstalled } from './install/ray';
import { installTools, type Say, type Tools } from './install/tools';
import { startHttpApi } from './lambda/http-api';
import { startInvokeApi } from './lambda/invoke-api';
import { startKafkaSource } from './lambda/kafka-source';
import { startSchedule } from './lambda/schedule';
import type { StartOptions } from './options';
import { type Ports, portsFrom } from './ports';
import { prepareDataFolder, refuseTakenPorts } from './preflight';
import { writeSecrets } from './secrets';
import { startKafka } from './services/kafka';
import { startPostgres } from './services/postgres';
import { startRay } from './services/ray';
import { startRedis } from './services/redis';
import { type Launch, launchProgram, Part, type PartPlan } from './supervisor/part';
import { localOverrides, simulatorPlans, workloadPlan } from './supervisor/parts';
import { endLeftovers, Processes } from './supervisor/processes';
import { together, type Undo } from './supervisor/undo';
import { buildWeb, synthesize } from './synthesize';

type Platform = {
  readonly root: string;
  readonly options: StartOptions;
  readonly ports: Ports;
  readonly say: Say;
  /** Stops what has been started, also when the start itself is broken off. */
  readonly undo: Undo;
  readonly startPart: (name: string, launch: Launch) => Promise<void>;
};

/** Starts every part in the order of its needs and keeps it alive. Whatever it has started, `undo` stops. */
export async function startPlatform(root: string, options: StartOptions, say: Say, undo: Undo): Promise<PlatformFacts> {
  const ports = portsFrom(options.portBase);
  const { dataDir } = options;
  await endLeftovers(dataDir, say);
  await refuseTakenPorts(ports);
  prepareDataFolder(dataDir, options.fresh);
  const processes = new Processes(dataDir, (pids) => {
    writeFileSync(join(dataDir, 'platform.json'), JSON.stringify(factsOf(ports, dataDir, pids), null, 2));
  });
  undo.add(() => processes.clear());
  const startPart = (name: string, launch: Launch): Promise<void> => {
    if (undo.isEnding) throw new Error('the start was broken off');
    const part = new Part(name, launch, say, (part, pid) => processes.adopt(part, pid));
    undo.add(() => part.stop());
    return part.start();
  };
  await startParts({ root, options, ports, say, undo, startPart });
  const facts = factsOf(ports, dataDir, processes.pids);
  await timing(say)('demo users', () => makeDemoUsers(root, dataDir, facts));
  return facts;
}

async function startParts(platform: Platform): Promise<void> {
  const { root, options, ports, say, undo } = platform;
  const tools = await installTools(root, say);
  const timed = timing(say);
  const hasRay = options.ray ?? isRayInstalled(root);
  const [{ assemblyDir, pagesDir }] = await together([
    build(root, say),
    timed('PostgreSQL, Redis, Kafka', () => startServices(platform, tools)),
    hasRay ? timed('Ray', () => startSimulations(platform)) : Promise.resolve(),
  ]);
  const assembly = readAssembly(assemblyDir);
  const secrets = writeSecrets(options.dataDir, ports, DATABASE);
  const overrides = {
    ...localOverrides(ports, secrets, options.dataDir),
    RAY_URL: hasRay ? `http://127.0.0.1:${ports.ray}` : '',
  };
  const [functions] = await together([
    timed('functions', () => startFunctions(platform, assembly, overrides)),
    timed('simulators of venues, Stripe and mail', () =>
      startPrograms(platform, simulatorPlans(root, options, ports, secrets)),
    ),
  ]);
  await timed('migrations and topics', () => runDeploymentSteps(assembly, functions));
  await timed('API and event sources', () => startFunctionSources(platform, assembly, functions));
  await timed('workloads', () =>
    startPrograms(
      platform,
      assembly.workloads.map((plan) => workloadPlan(root, plan, ports, overrides)),
    ),
  );
  const behaviours = readBehaviours(assembly.templates, secrets.field);
  const { origin: port, api: apiPort, websocket: websocketPort, venueControl: simulatorPort } = ports;
  const origin = await startOrigin({ port, behaviours, pagesDir, apiPort, websocketPort, simulatorPort });
  undo.add(() => closeServer(origin));
}

/** The pages first: the stacks name each of them. */
async function build(root: string, say: Say): Promise<{ assemblyDir: string; pagesDir: string }> {
  const pagesDir = await buildWeb(root, say);
  return { assemblyDir: await synthesize(root, say), pagesDir };
}

const logsOf = ({ options }: Platform): string => join(options.dataDir, 'logs');

async function startServices(platform: Platform, { kafkaLibs: libs, redisBinary: binary }: Tools): Promise<void> {
  const { options, ports, startPart } = platform;
  const at = (name: string) => ({ dir: join(options.dataDir, name), logFile: join(logsOf(platform), `${name}.log`) });
  const { postgres, redis, kafka, kafkaController } = ports;
  await together([
    startPart('postgres', (onSpawn) =>
      startPostgres({ ...at('postgres'), port: postgres, database: DATABASE, onSpawn }),
    ),
    startPart('redis', (onSpawn) => startRedis({ ...at('redis'), port: redis, binary, onSpawn })),
    startPart('kafka', (onSpawn) =>
      startKafka({ ...at('kafka'), port: kafka, controllerPort: kafkaController, libs, onSpawn }),
    ),
  ]);
}

/** Simulations take one core of two, and both at most: the platform has to go on beside them. */
const RAY_WORKERS_MAX = 2;

async function startSimulations(platform: Platform): Promise<void> {
  const { root, ports, say, startPart } = platform;
  const installation = await installRay(root, say);
  const workers = Math.max(1, Math.min(RAY_WORKERS_MAX, availableParallelism() - 1));
  const logFile = join(logsOf(platform), 'ray.log');
  const rayPorts = { http: ports.ray, head: ports.rayHead, client: ports.rayClient, agent: ports.rayAgent };
  await startPart('ray', (onSpawn) => startRay({ installation, ports: rayPorts, workers, logFile, onSpawn }));
}

async function startPrograms(platform: Platform, plans: readonly PartPlan[]): Promise<void> {
  await together(plans.map((plan) => platform.startPart(plan.name, launchProgram(plan, logsOf(platform)))));
}

async function startFunctions(platform: Platform, assembly: Assembly, overrides: Overrides): Promise<Functions> {
  const functions = await Functions.start(assembly, overrides, platform.options.dataDir, platform.say);
  platform.undo.add(() => functions.stop());
  return functions;
}

async function startFunctionSources(platform: Platform, assembly: Assembly, functions: Functions): Promise<void> {
  const { ports, say, undo } = platform;
  const api = await startHttpApi(ports.api, assembly.routes, functions.invoke, say);
  undo.add(() => closeServer(api));
  const names = new Map([...assembly.functions.values()].map((plan) => [plan.functionName, plan.name]));
  const invokeApi = await startInvokeApi(ports.lambda, names, functions.invoke);
  undo.add(() => closeServer(invokeApi));
  await together(
    assembly.sources.map(async (plan) => {
      const invoke = (event: unknown) => functions.invoke(plan.functionName, event);
      const source = await startKafkaSource(`127.0.0.1:${ports.kafka}`, plan, invoke, say);
      undo.add(source.stop);
    }),
  );
  for (const plan of assembly.schedules) {
    const schedule = startSchedule(plan, (event) => functions.invoke(plan.functionName, event), say);
    undo.add(schedule.stop);
  }
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const timing =
  (say: Say) =>
  async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    say(`${what}: up in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return result;
  };
