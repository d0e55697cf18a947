import { DAY_MS } from '../../domain/kernel/instant';
import { addressOf, type Resource, Templates } from './templates';
import { readWorkloads, type WorkloadPlan } from './workloads';

export type FunctionPlan = {
  /** Its folder under `lambdas/`. */
  readonly name: string;
  /** What AWS calls it. */
  readonly functionName: string;
  readonly handlerFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly instancesMax: number;
};

export type RoutePlan = { readonly routeKey: string; readonly functionName: string };

export type SourcePlan = {
  readonly functionName: string;
  readonly topic: string;
  readonly groupId: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly fromBeginning: boolean;
};

export type SchedulePlan = { readonly functionName: string; readonly everyMs: number; readonly name: string };

export type StepPlan = { readonly functionName: string; readonly properties: Readonly<Record<string, unknown>> };

/** What the cloud assembly says runs where; the local platform knows of nothing else. */
export type Assembly = {
  readonly functions: ReadonlyMap<string, FunctionPlan>;
  readonly routes: readonly RoutePlan[];
  readonly sources: readonly SourcePlan[];
  readonly schedules: readonly SchedulePlan[];
  readonly steps: ReadonlyMap<string, StepPlan>;
  readonly workloads: readonly WorkloadPlan[];
  readonly templates: Templates;
};

/** AWS would run up to the account's limit; a laptop gives each function this many instances. */
const INSTANCES_MAX = 4;
const HANDLER = 'ProvingGroundHandler';

export function readAssembly(dir: string): Assembly {
  const templates = new Templates(dir);
  const byAddress = new Map<string, FunctionPlan>();
  for (const resource of templates.ofType('AWS::Lambda::Function')) {
    const handlerFile = resource.metadata[HANDLER];
    if (typeof handlerFile === 'string') byAddress.set(addressOf(resource), functionPlan(resource, handlerFile));
  }
  const nameAt = (address: unknown): string => {
    const found = byAddress.get(String(address));
    if (!found) throw new Error(`the assembly calls ${address}, which is no function of ours`);
    return found.name;
  };
  return {
    functions: new Map([...byAddress.values()].map((plan) => [plan.name, plan])),
    routes: templates.ofType('AWS::ApiGatewayV2::Route').map((route) => {
      const integration = templates.at(String(route.properties.Target).replace('integrations/', ''));
      return {
        routeKey: String(route.properties.RouteKey),
        functionName: nameAt(integration?.properties.IntegrationUri),
      };
    }),
    sources: templates.ofType('AWS::Lambda::EventSourceMapping').map((mapping) => sourcePlan(mapping, nameAt)),
    schedules: templates.ofType('AWS::Events::Rule').flatMap((rule) => schedulePlans(rule, nameAt)),
    steps: new Map(stepPlans(templates, byAddress).map((step) => [step.functionName, step])),
    workloads: readWorkloads(templates),
    templates,
  };
}

function functionPlan({ properties }: Resource, handlerFile: string): FunctionPlan {
  const { FunctionName, Environment, Timeout, ReservedConcurrentExecutions } = properties as {
    readonly FunctionName: string;
    readonly Environment?: { readonly Variables?: Record<string, string> };
    readonly Timeout?: number;
    readonly ReservedConcurrentExecutions?: number;
  };
  return {
    name: handlerFile.split('/')[1] ?? handlerFile,
    functionName: FunctionName,
    handlerFile,
    environment: Environment?.Variables ?? {},
    timeoutMs: (Timeout ?? 3) * 1000,
    instancesMax: Math.min(ReservedConcurrentExecutions ?? INSTANCES_MAX, INSTANCES_MAX),
  };
}

function sourcePlan({ properties }: Resource, nameAt: (address: unknown) => string): SourcePlan {
  const mapping = properties as {
    readonly FunctionName: string;
    readonly Topics: readonly string[];
    readonly AmazonManagedKafkaEventSourceConfig?: { readonly ConsumerGroupId?: string };
    readonly BatchSize?: number;
    readonly MaximumBatchingWindowInSeconds?: number;
    readonly StartingPosition?: string;
  };
  const functionName = nameAt(mapping.FunctionName);
  return {
    functionName,
    topic: mapping.Topics[0] ?? '',
    groupId: mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? functionName,
    batchSize: mapping.BatchSize ?? 100,
    windowMs: (mapping.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    fromBeginning: mapping.StartingPosition === 'TRIM_HORIZON',
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: DAY_MS };

function schedulePlans({ properties }: Resource, nameAt: (address: unknown) => string): readonly SchedulePlan[] {
  const expression = String(properties.ScheduleExpression);
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (!rate) throw new Error(`the schedule ${expression} is not a rate; teach local/assembly to read it`);
  const everyMs = Number(rate[1]) * (UNIT_MS[rate[2] as string] ?? 0);
  const targets = properties.Targets as readonly { readonly Arn: string }[];
  return targets.map(({ Arn }) => ({ functionName: nameAt(Arn), everyMs, name: String(properties.Name) }));
}

/** A deployment step is a custom resource named after the function that its provider calls. */
const stepPlans = (templates: Templates, functions: ReadonlyMap<string, FunctionPlan>): readonly StepPlan[] =>
  templates.resources
    .filter((resource) => resource.type.startsWith(STEP_TYPE))
    .map(({ type, properties }) => {
      const functionName = type.replace(STEP_TYPE, '');
      if (![...functions.values()].some((plan) => plan.name === functionName)) {
        throw new Error(`the deployment step ${functionName} has no function of that name`);
      }
      return { functionName, properties };
    });

const STEP_TYPE = 'Custom::ProvingGround-';
