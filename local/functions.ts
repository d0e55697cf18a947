import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from './assembly/assembly';
import { localEnvironment, type Overrides } from './environment';
import { Bundles } from './lambda/bundles';
import { FunctionPool } from './lambda/pool';

type Say = (line: string) => void;

/** All functions of the assembly, each with its bundle, its instances and its log. */
export class Functions {
  private constructor(
    private readonly pools: ReadonlyMap<string, FunctionPool>,
    private readonly bundles: Bundles,
  ) {}

  static async start(assembly: Assembly, overrides: Overrides, dataDir: string, say: Say): Promise<Functions> {
    mkdirSync(join(dataDir, 'logs'), { recursive: true });
    const plans = [...assembly.functions.values()];
    const environments = new Map(
      plans.map(({ name, environment }) => [name, localEnvironment(name, environment, overrides)]),
    );
    const pools = new Map<string, FunctionPool>();
    const names = plans.map(({ name }) => name);
    const bundles = await Bundles.start(names, join(dataDir, 'functions'), {
      onChange: (name) => {
        pools.get(name)?.reload();
        say(`${name}: changed, reloaded`);
      },
      onFailure: (name, reason) => say(`${name}: does not build (${reason}); the last good code goes on`),
    });
    for (const plan of plans) {
      const { name } = plan;
      const logFile = join(dataDir, 'logs', `lambda-${name}.log`);
      pools.set(
        name,
        new FunctionPool(plan, { file: bundles.file(name), environment: environments.get(name) ?? {}, logFile }),
      );
    }
    return new Functions(pools, bundles);
  }

  invoke = async (name: string, event: unknown): Promise<unknown> => {
    const pool = this.pools.get(name);
    if (!pool) throw new Error(`there is no function ${name}`);
    return pool.invoke(event);
  };

  async stop(): Promise<void> {
    this.bundles.close();
    await Promise.all([...this.pools.values()].map((pool) => pool.stop()));
  }
}
