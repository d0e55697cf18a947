import { mkdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { handlerBuild, REPOSITORY } from '../../lib/constructs/bundling';

export type BundleEvents = {
  /** A function's code has changed. */
  readonly onChange: (name: string) => void;
  /** A later build failed: the last good bundle stays. */
  readonly onFailure: (name: string, reason: string) => void;
};

/** What a bundle is made of, as paths from the repository's root, and its code. */
type Built = { readonly inputs: ReadonlySet<string>; readonly code: string };

/** Where handlers come from: the tree, the folders of their code, and how one of them is built. */
export type Sources = {
  readonly root: string;
  readonly folders: readonly string[];
  readonly options: (name: string, outfile: string) => BuildOptions;
};

const OURS: Sources = {
  root: REPOSITORY,
  folders: ['contracts', 'domain', 'usecases', 'adapters', 'runtime', 'lambdas'],
  options: handlerBuild,
};

const SETTLE_MS = 100;

/**
 * The functions' bundles, built as the deployment builds them, and again when one of their files changes. The operating
 * system says what changed and the bundler runs only then: left running, it polls every file and keeps all of them.
 */
export class Bundles {
  private readonly built = new Map<string, Built>();
  private readonly changed = new Set<string>();
  private readonly watchers: { close: () => void }[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** One rebuild at a time: each ends the bundler when it is done. */
  private rebuilding = Promise.resolve();

  private constructor(
    private readonly dir: string,
    private readonly events: BundleEvents,
    private readonly sources: Sources,
  ) {}

  /** Resolves when every function is built; rejects with the first that cannot be. */
  static async start(names: readonly string[], dir: string, events: BundleEvents, sources = OURS): Promise<Bundles> {
    mkdirSync(dir, { recursive: true });
    const bundles = new Bundles(dir, events, sources);
    await Promise.all(names.map((name) => bundles.build(name)));
    await stop();
    bundles.watch();
    return bundles;
  }

  file = (name: string): string => join(this.dir, name, 'handler.mjs');

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.close();
  }

  private async build(name: string): Promise<void> {
    const file = this.file(name);
    try {
      const { metafile } = await build({ ...this.sources.options(name, file), logLevel: 'silent', metafile: true });
      this.built.set(name, { inputs: new Set(Object.keys(metafile.inputs)), code: readFileSync(file, 'utf8') });
    } catch (error) {
      throw new Error(`the function ${name} does not build: ${reasonOf(error)}`);
    }
  }

  private watch(): void {
    for (const folder of this.sources.folders) {
      const watcher = watch(join(this.sources.root, folder), { recursive: true }, (_event, file) => {
        if (file === null) return;
        this.changed.add(join(folder, file));
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
          this.rebuilding = this.rebuilding.then(() => this.rebuild());
        }, SETTLE_MS);
      });
      this.watchers.push(watcher);
    }
  }

  private async rebuild(): Promise<void> {
    const changed = [...this.changed];
    this.changed.clear();
    const affected = [...this.built].filter(([, { inputs }]) => changed.some((file) => inputs.has(file)));
    for (const [name, before] of affected) {
      try {
        await this.build(name);
        if (this.built.get(name)?.code !== before.code) this.events.onChange(name);
      } catch (error) {
        this.events.onFailure(name, reasonOf(error));
      }
    }
    if (affected.length > 0) await stop();
  }
}

const reasonOf = (error: unknown): string => {
  const { errors } = error as { readonly errors?: readonly { readonly text: string }[] };
  return errors?.map(({ text }) => text).join('; ') ?? (error instanceof Error ? error.message : String(error));
};
