import type { Node } from 'constructs';
import { environmentName, type Inputs, inputNames, inputs } from './inputs';
import { SIZES, type Sizes, STAGES, type StageName } from './sizes';

export type StageConfig = Inputs & {
  readonly stage: StageName;
  readonly sizes: Sizes;
  readonly publicOrigin: string;
  /** Host of the load balancer that CloudFront reaches for `/ws`. */
  readonly websocketOriginName: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The placeholders of a fresh clone: enough to synthesize, never enough to deploy. */
const PLACEHOLDER_ACCOUNT = '000000000000';

/**
 * One stage's configuration. An input is taken from the environment, else from `-c name=value`, else from the stage's
 * entry under `stages` in cdk.json. Throws one error that names every missing or faulty input and its rule.
 */
export function stageConfig(node: Node, environment: Environment): StageConfig {
  const stage = stageName(node.tryGetContext('stage'));
  const committed = (node.tryGetContext('stages') as Record<string, Record<string, unknown>>)?.[stage] ?? {};
  const given: Record<string, unknown> = { ...committed };
  for (const name of inputNames) {
    const value = environment[environmentName(name)] ?? node.tryGetContext(name);
    if (value !== undefined) given[name] = value;
  }
  const parsed = inputs.safeParse(given);
  if (!parsed.success) throw new Error(complaint(stage, parsed.error.issues));
  if (environment.PROVING_GROUND_DEPLOY && parsed.data.account === PLACEHOLDER_ACCOUNT) {
    throw new Error(complaint(stage, [{ path: ['account'], message: 'is the placeholder of a fresh clone' }]));
  }
  return {
    ...parsed.data,
    stage,
    sizes: SIZES[stage],
    publicOrigin: `https://${parsed.data.domainName}`,
    websocketOriginName: `ws-origin.${parsed.data.domainName}`,
  };
}

function stageName(value: unknown): StageName {
  const stage = STAGES.find((name) => name === (value ?? 'dev'));
  if (!stage) throw new Error(`stage: ${String(value)} is none of ${STAGES.join(', ')}`);
  return stage;
}

const complaint = (stage: StageName, issues: readonly { path: PropertyKey[]; message: string }[]): string =>
  [
    `The inputs of stage ${stage} are not complete (docs/how-to/deploy.md says where each comes from):`,
    ...issues.map(({ path, message }) => {
      const name = path.join('.');
      return `  ${name || 'stages'}: ${message} (set stages.${stage}.${name} in cdk.json or ${environmentName(name)})`;
    }),
  ].join('\n');
