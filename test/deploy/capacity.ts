import { parse } from 'yaml';
import type { Needs } from '../../lib/config/needs';
import type { Sizes } from '../../lib/config/sizes';
import { ADDON_NEEDS } from './addon-needs';
import type { KubernetesObject } from './objects';

/** Thousandths of a CPU, and MiB. */
type Amount = { readonly cpu: number; readonly memory: number };
type Demand = { readonly pods: readonly Amount[]; readonly onEachNode: readonly Amount[] };

// Objects are as wide as Kubernetes: the few paths that are read are named where they are read.
// biome-ignore lint/suspicious/noExplicitAny: see above.
type Contents = any;

/** Of a node EKS keeps to itself: https://github.com/awslabs/amazon-eks-ami, as much memory as for 110 pods. */
const KEPT_MEMORY_MIB = 255 + 11 * 110 + 100;
/** The kernel's share, before anything is counted. */
const KERNEL_SHARE = 0.025;
const keptCpu = (cpus: number): number =>
  60 + 10 * Math.min(cpus - 1, 1) + 5 * Math.min(cpus - 2, 2) + 2.5 * Math.max(0, cpus - 4);
/** GiB of memory for each CPU; of the t family no node is smaller than its medium. */
const MEMORY_GIB: Readonly<Record<string, number>> = { t: 2, c: 2, m: 4, r: 8 };

/** What runs at most at a time: every copy that load may add, and those that a rollout adds beside them. */
export function demandOf(objects: readonly KubernetesObject[], addons: readonly string[]): Demand {
  const all = objects.map(({ text, namespace }) => ({ namespace, contents: parse(text) as Contents }));
  const ofKind = (kind: string) => all.filter(({ contents }) => contents.kind === kind);
  const sidecar = sidecarOf(ofKind('ConfigMap').map(({ contents }) => contents));
  const injected = new Set(
    ofKind('Namespace')
      .filter(({ contents }) => contents.metadata.labels?.['istio-injection'] === 'enabled')
      .map(({ contents }) => contents.metadata.name),
  );
  const most = new Map(
    ofKind('HorizontalPodAutoscaler').map(({ namespace, contents: { spec } }) => [
      `${namespace}/${spec.scaleTargetRef.name}`,
      spec.maxReplicas as number,
    ]),
  );
  const pods = ofKind('Deployment').flatMap(({ namespace, contents: { metadata, spec } }) => {
    const copies = most.get(`${namespace}/${metadata.name}`) ?? spec.replicas ?? 1;
    const isGateway = spec.template.metadata.annotations?.['inject.istio.io/templates'] === 'gateway';
    const beside = injected.has(namespace) && !isGateway ? sidecar : [];
    const pod = sum([...requestsOf(metadata.name, spec.template.spec), ...beside]);
    return Array.from({ length: copies + surgeOf(spec.strategy, copies) }, () => pod);
  });
  const agents = ofKind('DaemonSet').map(({ contents: { metadata, spec } }) =>
    sum(requestsOf(metadata.name, spec.template.spec)),
  );
  const known = addons.flatMap((name) => ADDON_NEEDS[name] ?? missing(`nobody wrote down what ${name} asks for`));
  return {
    pods: [...pods, ...known.flatMap(({ copies, ...one }) => (copies === 'one a node' ? [] : many(copies, one)))],
    onEachNode: [...agents, ...known.flatMap(({ copies, ...one }) => (copies === 'one a node' ? [amount(one)] : []))],
  };
}

/** The kinds of node on which a stage's pods do not find room within its limits; none when all is well. */
export function tooSmall({ pods, onEachNode }: Demand, { nodes }: Sizes): readonly string[] {
  return nodes.categories.flatMap((category) =>
    nodes.cpus.flatMap((cpus) => {
      const gib = cpus * (MEMORY_GIB[category] ?? missing(`the memory of category ${category}`));
      const count = Math.floor(Math.min(nodes.cpuMax / cpus, nodes.memoryGibMax / gib));
      const room = {
        cpu: cpus * 1_000 - keptCpu(cpus),
        memory: gib * 1_024 * (1 - KERNEL_SHARE) - KEPT_MEMORY_MIB,
      };
      const left = pack(
        pods,
        Array.from({ length: count }, () => minus(room, sum(onEachNode))),
      );
      return left === 0
        ? []
        : [`${left} of ${pods.length} pods find no room on ${count} nodes ${category} of ${cpus} CPUs`];
    }),
  );
}

/** Puts the largest first, each on the first node with room, and says how many were left over. */
function pack(pods: readonly Amount[], nodes: Amount[]): number {
  const bySize = [...pods].sort((a, b) => b.cpu - a.cpu || b.memory - a.memory);
  return bySize.filter((pod) => {
    const at = nodes.findIndex((free) => free.cpu >= pod.cpu && free.memory >= pod.memory);
    if (at >= 0) nodes[at] = minus(nodes[at] as Amount, pod);
    return at < 0;
  }).length;
}

/** What the mesh puts beside each container, from the settings that its injector is given. */
function sidecarOf(configMaps: readonly Contents[]): readonly Amount[] {
  const injector = configMaps.find(({ metadata }) => metadata.name === 'istio-sidecar-injector');
  return injector ? [amount(JSON.parse(injector.data.values).global.proxy.resources.requests)] : [];
}

const requestsOf = (name: string, pod: Contents): readonly Amount[] =>
  pod.containers.map(({ resources }: Contents) =>
    amount(resources?.requests ?? missing(`a container of ${name} asks for nothing, so nothing is kept for it`)),
  );

function surgeOf(strategy: Contents, copies: number): number {
  if (strategy?.type === 'Recreate') return 0;
  const surge = strategy?.rollingUpdate?.maxSurge ?? '25%';
  return typeof surge === 'number' ? surge : Math.ceil((copies * Number.parseInt(surge, 10)) / 100);
}

const MEMORY_MIB: Readonly<Record<string, number>> = { Mi: 1, Gi: 1_024 };

const amount = ({ cpu, memory }: Needs): Amount => ({
  cpu: String(cpu).endsWith('m') ? Number.parseInt(String(cpu), 10) : Number(cpu) * 1_000,
  memory: Number.parseInt(memory, 10) * (MEMORY_MIB[memory.slice(-2)] ?? missing(`the memory ${memory}`)),
});
const many = (copies: number, one: Needs): readonly Amount[] => Array.from({ length: copies }, () => amount(one));
const sum = (amounts: readonly Amount[]): Amount => ({
  cpu: amounts.reduce((total, { cpu }) => total + cpu, 0),
  memory: amounts.reduce((total, { memory }) => total + memory, 0),
});
const minus = (a: Amount, b: Amount): Amount => ({ cpu: a.cpu - b.cpu, memory: a.memory - b.memory });
const missing = (what: string): never => {
  throw new Error(what);
};
export const totalOf = ({ pods, onEachNode }: Demand): string => {
  const [all, each] = [sum(pods), sum(onEachNode)];
  return `${pods.length} pods ask for ${all.cpu} m of CPU and ${all.memory} MiB, agents for ${each.cpu} m and ${each.memory} MiB a node`;
};
