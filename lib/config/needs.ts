import type { Sizes } from './sizes';

/** What a container asks for, so that a node has it. */
export type Needs = { readonly cpu: string; readonly memory: string };

/** The mesh's agent, once on each node. */
export const AGENT_NEEDS: Needs = { cpu: '50m', memory: '100Mi' };
/** The mesh's proxy beside each workload. */
export const SIDECAR_NEEDS: Needs = { cpu: '50m', memory: '128Mi' };
export const GATEWAY_NEEDS: Needs = { cpu: '100m', memory: '128Mi' };

/** Each of the two parts of what scales workloads by numbers of ours. */
export const SCALER_NEEDS: Needs = { cpu: '50m', memory: '128Mi' };
export const SCALER_COPIES = 2;

export const CONTROL_PLANE_COPIES = { min: 2, max: 3 } as const;
export const controlPlaneNeeds = ({ nodes }: Sizes): Needs =>
  nodes.cpuMax >= 64 ? { cpu: '500m', memory: '2Gi' } : { cpu: '100m', memory: '512Mi' };

/** What brings Ray's clusters about. */
export const RAY_OPERATOR_NEEDS: Needs = { cpu: '100m', memory: '512Mi' };
/** The head keeps the books and lets requests in; it plays nothing. It was seen to take 1.1 GiB, a worker 0.7. */
export const RAY_HEAD_NEEDS: Needs = { cpu: '1', memory: '1664Mi' };
export const RAY_AUTOSCALER_NEEDS: Needs = { cpu: '200m', memory: '384Mi' };
/** A worker plays one chunk of paths at a time, which is one thread. */
export const RAY_WORKER_NEEDS: Needs = { cpu: '1', memory: '1536Mi' };
