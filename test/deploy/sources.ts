import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentsOf, type KubernetesObject } from '../fixtures/cloud/objects';
import { type GoModule, moduleFiles } from './programs';

/** Istio's charts and istioctl, of the day on which its release 1.30 was cut: releases themselves are no Go modules. */
export const ISTIO: GoModule = {
  path: 'istio.io/istio',
  version: 'v0.0.0-20260423205519-b01690e6db7d',
  sum: 'h1:A+Us0Ium1V2WFsOJYZAfeNfWmPQULLUVdgwNm7KjLF8=',
};
/** The definitions of the release itself. */
const ISTIO_API: GoModule = {
  path: 'istio.io/api',
  version: 'v1.30.8',
  sum: 'h1:/weRNO9YbJsKqFibiGCjXG1i+UwNhJb3vts6ChGR554=',
};
/** Node pools are Karpenter's. */
const KARPENTER: GoModule = {
  path: 'sigs.k8s.io/karpenter',
  version: 'v1.8.0',
  sum: 'h1:AmTHUPtnuL8IX9mbcD3NOohyk62idrBCBtM+8Wn6Jvk=',
};

/** What scales workloads by numbers of ours. */
const KEDA: GoModule = {
  path: 'github.com/kedacore/keda/v2',
  version: 'v2.21.0',
  sum: 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=',
};

/** Ray's clusters; its chart is in no module. */
const KUBERAY: GoModule = {
  path: 'github.com/ray-project/kuberay/ray-operator',
  version: 'v1.6.1',
  sum: 'h1:IMtV0QW8AxGp4/CbPLd/olXBBxpUNQQr1n4Mu59khl4=',
};

/** EKS's own, which no API server but EKS's has. */
export const UNPUBLISHED: readonly string[] = [
  'eks.amazonaws.com/v1 NodeClass',
  'eks.amazonaws.com/v1 TargetGroupBinding',
];

const DEFINITIONS: readonly (GoModule & { readonly file: string })[] = [
  { ...ISTIO_API, file: 'kubernetes/customresourcedefinitions.gen.yaml' },
  { ...KEDA, file: 'config/crd/bases/keda.sh_scaledobjects.yaml' },
  { ...KUBERAY, file: 'config/crd/bases/ray.io_rayservices.yaml' },
  { ...KARPENTER, file: 'pkg/apis/crds/karpenter.sh_nodepools.yaml' },
];

/** Where the charts of Istio's repository lie in its sources. */
export const ISTIO_CHARTS: Readonly<Record<string, string>> = {
  base: 'manifests/charts/base',
  cni: 'manifests/charts/istio-cni',
  istiod: 'manifests/charts/istio-control/istio-discovery',
  gateway: 'manifests/charts/gateway',
};

/** The definitions of the custom resources that the stacks use, as far as they are published. */
export async function definitions(): Promise<readonly KubernetesObject[]> {
  const texts = await Promise.all(
    DEFINITIONS.map(
      async ({ file, ...source }) =>
        [source.path, readFileSync(join(await moduleFiles(source), file), 'utf8')] as const,
    ),
  );
  return texts.flatMap(([path, text]) => documentsOf(path, text));
}
