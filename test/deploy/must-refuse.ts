import { documentsOf, type KubernetesObject } from '../fixtures/cloud/objects';

/** What must be refused: a check that lets these through checks nothing. */
export const MUST_REFUSE: readonly {
  readonly what: string;
  readonly object: KubernetesObject;
  readonly because: RegExp;
}[] = (
  [
    [
      'a route that times out at once',
      /valid duration/,
      `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: wrong, namespace: default }
spec:
  hosts: [example.com]
  http: [{ route: [{ destination: { host: a } }], timeout: 0s }]`,
    ],
    [
      'a mode of mutual TLS that does not exist',
      /STRICKT/,
      `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: wrong, namespace: default }
spec: { mtls: { mode: STRICKT } }`,
    ],
    [
      'a field that does not exist',
      /unknown field "spec.maxUnavailible"/,
      `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: wrong, namespace: default }
spec: { maxUnavailible: 1, selector: { matchLabels: { a: b } } }`,
    ],
    [
      'a range that is none',
      /cidr/,
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: wrong, namespace: default }
spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0 } }] }] }`,
    ],
    [
      'a node pool that takes nodes by an operator of its own',
      /operator/,
      `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: wrong }
spec:
  template:
    spec:
      nodeClassRef: { group: eks.amazonaws.com, kind: NodeClass, name: a }
      requirements: [{ key: kubernetes.io/arch, operator: Is, values: [arm64] }]`,
    ],
    [
      'a Ray service whose workers come by a field that does not exist',
      /unknown field "spec.rayClusterConfig.workerGroupSpecs\[0\].maximumReplicas"/,
      `
apiVersion: ray.io/v1
kind: RayService
metadata: { name: wrong, namespace: default }
spec:
  rayClusterConfig:
    headGroupSpec: { template: { spec: { containers: [{ name: head, image: ray }] } } }
    workerGroupSpecs:
      - groupName: workers
        maximumReplicas: 2
        template: { spec: { containers: [{ name: worker, image: ray }] } }`,
    ],
    [
      'a Ray service whose autoscaler is of a version that does not exist',
      /spec.rayClusterConfig.autoscalerOptions.version: Unsupported value: "v3"/,
      `
apiVersion: ray.io/v1
kind: RayService
metadata: { name: wrong, namespace: default }
spec:
  rayClusterConfig:
    autoscalerOptions: { version: v3 }
    headGroupSpec: { template: { spec: { containers: [{ name: head, image: ray }] } } }`,
    ],
    [
      'a pod that is root, in the namespace of Ray',
      /violates PodSecurity "restricted:latest".*runAsNonRoot/,
      `
apiVersion: v1
kind: Pod
metadata: { name: wrong, namespace: ray }
spec: { containers: [{ name: worker, image: ray }] }`,
    ],
  ] as const
).map(([what, because, text]) => ({
  what,
  because,
  object: documentsOf('a test of this check', text)[0] as KubernetesObject,
}));

/** Valid by itself; only who looks at all objects together sees that nothing leads there. */
export const MUST_BE_FOUND = documentsOf(
  'a test of this check',
  `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: wrong, namespace: default }
spec:
  hosts: [example.com]
  gateways: [nowhere/none]
  http: [{ route: [{ destination: { host: nobody.default.svc.cluster.local } }] }]`,
)[0] as KubernetesObject;
