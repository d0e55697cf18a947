import { resolve } from 'node:path';
import type { Node } from 'constructs';
import { environmentName, type Inputs, inputNames, inputs } from './inputs';
import { SIZES, type Sizes, STAGES, type StageName } from './sizes';

export type StageConfig = Inputs & {
  readonly stage: StageName;
  readonly sizes: Sizes;
  /** Until the stage stands: a stack whose first create fails must be deletable, so nothing is protected yet. */
  readonly isFirstDeploy: boolean;
  /** Where the web app's build lies. */
  readonly pages: string;
  /** Templates are wanted, not a release: a web app that is not built yet is a warning. */
  readonly mayLackPages: boolean;
  /** When this deploy began, or empty where nothing is deployed: what changes with it is done again at every deploy. */
  readonly deployedAt: string;
  readonly publicOrigin: string;
  /** Host of the load balancer that CloudFront reaches for `/ws`. */
  readonly websocketOriginName: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

const PAGES = resolve(__dirname, '../../web/out');

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
    isFirstDeploy: isSet(node.tryGetContext('first')),
    pages: PAGES,
    mayLackPages: node.tryGetContext('pages') === 'if-built',
    deployedAt: environment.PROVING_GROUND_DEPLOY ? new Date().toISOString() : '',
    publicOrigin: `https://${parsed.data.domainName}`,
    websocketOriginName: `ws-origin.${parsed.data.domainName}`,
  };
}

function stageName(value: unknown): StageName {
  const stage = STAGES.find((name) => name === (value ?? 'dev'));
  if (!stage) throw new Error(`stage: ${String(value)} is none of ${STAGES.join(', ')}`);
  return stage;
}

/** One input with its rule and the two places where it may stand. */
export const howToGive = (stage: StageName, name: string, rule: string): string =>
  `${name || 'stages'}: ${rule} (set stages.${stage}.${name} in cdk.json or ${environmentName(name)})`;

const isSet = (value: unknown): boolean => value === true || value === 'true';

const complaint = (stage: StageName, issues: readonly { path: PropertyKey[]; message: string }[]): string =>
  [
    `The inputs of stage ${stage} are not complete (docs/how-to/deploy.md says where each comes from):`,
    ...issues.map(({ path, message }) => `  ${howToGive(stage, path.join('.'), message)}`),
  ].join('\n');
