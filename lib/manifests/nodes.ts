import type { Sizes } from '../config/sizes';
import type { Manifest } from './manifest';

const NODE_CLASS = 'proving-ground';
const VOLUME = '50Gi';

/** Without it every NetworkPolicy is accepted and enforced by nobody. */
export const policyControllerManifest: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
  data: { 'enable-network-policy-controller': 'true' },
};

type NodeClassInput = {
  readonly role: string;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** ARN of the key that encrypts the volumes. */
  readonly key: string;
};

/** What a node is. IMDSv2 and its limit of one hop are EKS's own rule and cannot be loosened here. */
export const nodeClassManifest = ({ role, subnets, securityGroup, key }: NodeClassInput): Manifest => ({
  apiVersion: 'eks.amazonaws.com/v1',
  kind: 'NodeClass',
  metadata: { name: NODE_CLASS },
  spec: {
    role,
    subnetSelectorTerms: subnets.map((id) => ({ id })),
    securityGroupSelectorTerms: [{ id: securityGroup }],
    networkPolicy: 'DefaultAllow',
    ephemeralStorage: { size: VOLUME, kmsKeyID: key },
  },
});

const oneOf = (key: string, ...values: readonly string[]) => ({ key, operator: 'In', values });

/** How many nodes there may be, and of which kind. Images are built for arm64. */
export const nodePoolManifest = ({ nodes }: Sizes): Manifest => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: NODE_CLASS },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: NODE_CLASS },
        requirements: [
          oneOf('kubernetes.io/arch', 'arm64'),
          oneOf('karpenter.sh/capacity-type', 'on-demand'),
          oneOf('eks.amazonaws.com/instance-category', ...nodes.categories),
          oneOf('eks.amazonaws.com/instance-cpu', ...nodes.cpus.map(String)),
        ],
        terminationGracePeriod: '1h', // A pod that may not be evicted holds its node no longer.
      },
    },
    limits: { cpu: String(nodes.cpuMax), memory: `${nodes.memoryGibMax}Gi` },
    disruption: {
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '10m',
      budgets: [{ nodes: '1' }],
    },
  },
});
