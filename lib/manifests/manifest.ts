/** A Kubernetes object as it is sent to the API server. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
};

export const NAMESPACE = 'proving-ground';
export const MESH_NAMESPACE = 'istio-system';
export const INGRESS_NAMESPACE = 'istio-ingress';
/** Ray has one to itself: its autoscaler may change every pod of it (docs/adr/0061). */
export const RAY_NAMESPACE = 'ray';
export const RAY_OPERATOR_NAMESPACE = 'ray-operator';

export const selectorOf = (name: string) => ({ 'app.kubernetes.io/name': name });
export const labelsOf = (name: string) => ({ ...selectorOf(name), 'app.kubernetes.io/part-of': 'proving-ground' });

/** The identity that the mesh gives a pod, by its service account. */
export const identityOf = (namespace: string, serviceAccount: string): string =>
  `cluster.local/ns/${namespace}/sa/${serviceAccount}`;
