import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Templates } from '../stacks/templates';
import { plausible } from './plausible';

/** An object as it reaches the API server: its text, and of its contents what says where it belongs. */
export type KubernetesObject = {
  /** The resource of the template that it comes from. */
  readonly from: string;
  readonly text: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
};

export type Release = {
  readonly from: string;
  readonly release: string;
  readonly namespace: string;
  readonly createsNamespace: boolean;
  readonly values: string;
  /** A chart of a repository by name, or one of ours by the hash of its asset. */
  readonly chart: string | undefined;
  readonly asset: string | undefined;
};

type Contents = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

const KUBERNETES_VERSION = '1.34.2';

const objectOf = (from: string, text: string, contents: Contents, namespace?: string): KubernetesObject => ({
  from,
  text,
  apiVersion: contents.apiVersion,
  kind: contents.kind,
  name: contents.metadata.name,
  namespace: contents.metadata.namespace ?? namespace,
});

/** The objects that the stacks hand over one by one. */
export const manifestsOf = (templates: Templates): readonly KubernetesObject[] =>
  templates.all('Custom::AWSCDK-EKS-KubernetesResource').flatMap(({ stack, id, properties }) => {
    const contents = JSON.parse(plausible(properties.Manifest, templates.imported)) as readonly Contents[];
    return contents.map((one) => objectOf(`${stack}/${id}`, JSON.stringify(one), one));
  });

export const releasesOf = (templates: Templates): readonly Release[] =>
  templates.all('Custom::AWSCDK-EKS-HelmChart').map(({ stack, id, properties }) => {
    const text = (value: typeof properties) => plausible(value, templates.imported);
    return {
      from: `${stack}/${id}`,
      release: text(properties.Release),
      namespace: text(properties.Namespace),
      createsNamespace: properties.CreateNamespace === true,
      values: properties.Values === undefined ? '{}' : text(properties.Values),
      chart: properties.Chart,
      asset: properties.ChartAssetURL && /([0-9a-f]{64})\.zip$/.exec(text(properties.ChartAssetURL))?.[1],
    };
  });

/** What helm makes of a release, and the namespace that it makes for it; `chart` is the folder of its chart. */
export function rendered(helm: string, release: Release, chart: string): readonly KubernetesObject[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace } };
  const first = release.createsNamespace ? [objectOf(release.from, JSON.stringify(namespace), namespace)] : [];
  const folder = mkdtempSync(join(tmpdir(), 'chart-values-'));
  try {
    const values = join(folder, 'values.json');
    writeFileSync(values, release.values);
    const output = execFileSync(
      helm,
      [
        'template',
        release.release,
        chart,
        '--namespace',
        release.namespace,
        '--values',
        values,
        '--include-crds',
        '--kube-version',
        KUBERNETES_VERSION,
      ],
      { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return [...first, ...documentsOf(release.from, output, release.namespace)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The objects of a YAML text, each with its own text: the API server reads that and not what we understood. */
export const documentsOf = (from: string, text: string, namespace?: string): readonly KubernetesObject[] =>
  text.split(/^---.*$/m).flatMap((document) =>
    parseAllDocuments(document).flatMap((parsed) => {
      const contents = parsed.toJS() as Contents | null;
      return contents?.kind ? [objectOf(from, document, contents, namespace)] : [];
    }),
  );
