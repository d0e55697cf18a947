import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { consumers, deploymentSteps, httpFunctions, operations, scheduledJobs } from '../../lib/config/functions';
import { bundleHandler } from '../../lib/constructs/handler-bundle';
import { median } from './median';

const RUNS = 20;
const EMPTY = '(empty)';
const WAITED_FOR = Object.keys(httpFunctions);
const OTHERS = Object.keys({ ...consumers, ...scheduledJobs, ...deploymentSteps, ...operations });

type Import = { readonly cpuMs: number; readonly wallMs: number };

/** Measured around the import alone, inside a fresh process: what Lambda does before a function's first request. */
const PROBE = `
  const from = process.cpuUsage();
  const at = performance.now();
  await import(process.argv[2]);
  const wallMs = performance.now() - at;
  const { user, system } = process.cpuUsage(from);
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs }));
  process.exit(0);`;

const ENVIRONMENT = { STAGE: 'prod', SERVICE_NAME: 'bench', LOG_LEVEL: 'info', PUBLIC_ORIGIN: 'https://desk.example' };

/**
 * What a cold start of each function costs: the bundle as it is deployed, and its import over that of a handler that
 * does nothing. The goals, and the line of JSON, are for functions that a person waits for.
 */
export async function run(): Promise<Record<string, number>> {
  const directory = mkdtempSync(join(tmpdir(), 'proving-ground-bench-'));
  try {
    const sizes = new Map([EMPTY, ...WAITED_FOR, ...OTHERS].map((name) => [name, bundle(name, directory)]));
    const imports = measure([...sizes.keys()], directory);
    const empty = imports.get(EMPTY) as Import;
    const rows = [...WAITED_FOR, ...OTHERS].map((name) => {
      const { cpuMs, wallMs } = imports.get(name) as Import;
      return {
        function: name,
        waitedFor: WAITED_FOR.includes(name),
        kb: Math.ceil((sizes.get(name) ?? 0) / 1024),
        importCpuMs: round(cpuMs - empty.cpuMs),
        importWallMs: round(wallMs - empty.wallMs),
      };
    });
    console.table(rows);
    const waitedFor = rows.filter((row) => row.waitedFor);
    return {
      largestKb: Math.max(...waitedFor.map(({ kb }) => kb)),
      worstImportCpuMs: Math.max(...waitedFor.map(({ importCpuMs }) => importCpuMs)),
      worstImportWallMs: Math.max(...waitedFor.map(({ importWallMs }) => importWallMs)),
      emptyCpuMs: round(empty.cpuMs),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function bundle(name: string, directory: string): number {
  const file = fileOf(name, directory);
  if (name === EMPTY) {
    mkdirSync(join(directory, EMPTY));
    writeFileSync(file, 'export const handler = async () => undefined;\n');
  } else {
    bundleHandler(name, join(directory, name), join(directory, 'source-maps'));
  }
  return statSync(file).size;
}

const fileOf = (name: string, directory: string): string => join(directory, name, 'handler.mjs');

/** In turns, so that all meet the same machine; each figure is the median of its runs. */
function measure(names: readonly string[], directory: string): ReadonlyMap<string, Import> {
  const probe = join(directory, 'probe.mjs');
  writeFileSync(probe, PROBE);
  const taken = new Map(names.map((name) => [name, [] as Import[]]));
  for (let turn = 0; turn < RUNS; turn++) {
    for (const name of names) {
      const url = pathToFileURL(fileOf(name, directory)).href;
      const { stdout, stderr } = spawnSync(process.execPath, [probe, url], {
        cwd: directory,
        env: ENVIRONMENT as Record<string, string> as NodeJS.ProcessEnv,
        encoding: 'utf8',
      });
      if (!stdout) throw new Error(`${name} cannot be imported: ${stderr}`);
      taken.get(name)?.push(JSON.parse(stdout));
    }
  }
  return new Map(
    [...taken].map(([name, runs]) => [
      name,
      { cpuMs: median(runs.map(({ cpuMs }) => cpuMs)), wallMs: median(runs.map(({ wallMs }) => wallMs)) },
    ]),
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
