import type { Templates } from './templates';

export type WorkloadPlan = {
  /** Its folder under `eks-workloads/`. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
};

type Manifest = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly env?: readonly { readonly name: string; readonly value: string }[];
          readonly ports?: readonly { readonly containerPort: number }[];
        }[];
      };
    };
  };
};

/** The Deployments among the objects that the assembly brings as releases of our own chart. */
export const readWorkloads = (templates: Templates): readonly WorkloadPlan[] =>
  templates
    .ofType('Custom::AWSCDK-EKS-HelmChart')
    .filter(({ properties }) => properties.ChartAssetURL !== undefined)
    .flatMap(({ properties }) => (JSON.parse(String(properties.Values)) as { objects: readonly Manifest[] }).objects)
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, spec }) => {
      const container = spec.template.spec.containers[0];
      return {
        name: metadata.name,
        environment: Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value])),
        port: container?.ports?.[0]?.containerPort ?? 0,
      };
    });
