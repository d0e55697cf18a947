import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { type OperatorCommand, type OperatorResult, result } from '../../contracts/operations/commands';
import { committedContext } from '../../lib/config/context';
import { environmentName } from '../../lib/config/inputs';
import { STAGES } from '../../lib/config/sizes';
import { portsFrom } from '../ports';

const ROOT = resolve(__dirname, '../..');

export type Operator = {
  readonly ask: (command: OperatorCommand) => Promise<OperatorResult>;
  readonly close: () => Promise<void>;
};

/** Takes `--stage prod` out of a command's arguments. Throws one line when there is no such stage. */
export function stageOf(args: readonly string[]): { readonly stage: string | undefined; readonly rest: string[] } {
  const at = args.indexOf('--stage');
  if (at < 0) return { stage: undefined, rest: [...args] };
  const stage = STAGES.find((name) => name === args[at + 1]);
  if (!stage) throw new Error(`--stage must be one of ${STAGES.join(', ')}`);
  return { stage, rest: args.filter((_, index) => index !== at && index !== at + 1) };
}

/**
 * Whoever does what operators ask for: the function `operate` of a stage, called with the operator's own credentials of
 * AWS, or without a stage this process, on DATABASE_SECRET, REDIS_SECRET and KAFKA_BOOTSTRAP, which are those of the
 * local platform unless they are given.
 */
export const openOperator = (stage: string | undefined): Promise<Operator> =>
  stage === undefined ? onThisMachine() : inTheCloud(stage);

const by = (): string => userInfo().username;

/** Where the local platform keeps a secret. Throws one line when it was never started here. */
export function localSecret(root: string, name: string): string {
  const file = resolve(root, `.local/secrets/${name}.json`);
  if (!existsSync(file)) {
    throw new Error('the platform has never been started here: run `npm start` first, or name a stage with --stage');
  }
  return pathToFileURL(file).href;
}

async function onThisMachine(): Promise<Operator> {
  process.env.DATABASE_SECRET ??= localSecret(ROOT, 'database');
  process.env.REDIS_SECRET ??= localSecret(ROOT, 'redis');
  process.env.KAFKA_BOOTSTRAP ??= `127.0.0.1:${portsFrom(undefined).kafka}`;
  process.env.SERVICE_NAME ??= 'operate';
  process.env.LOG_LEVEL ??= 'warn';
  const { operations } = await import('../../runtime/compose/operations');
  const { operate, close } = await operations();
  return { ask: (command) => operate({ by: by(), command }, uuidv7()), close };
}

async function inTheCloud(stage: string): Promise<Operator> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const region = regionOf(stage);
  // Asked once: what took effect before an answer was lost must not be asked for again unseen.
  const client = new LambdaClient({ ...(region !== undefined && { region }), maxAttempts: 1 });
  const name = `proving-ground-${stage}-operate`;
  return {
    ask: async (command) => {
      const Payload = new TextEncoder().encode(JSON.stringify({ by: by(), command }));
      const answer = await client.send(new InvokeCommand({ FunctionName: name, Payload }));
      const text = answer.Payload ? new TextDecoder().decode(answer.Payload) : '';
      if (answer.FunctionError) throw new Error(`${name} failed, its log says why: ${text}`);
      return result.parse(JSON.parse(text));
    },
    close: async () => client.destroy(),
  };
}

/** As a deploy finds it; without one the AWS SDK looks where it always does. */
function regionOf(stage: string): string | undefined {
  const stages = committedContext(ROOT).stages as Readonly<Record<string, { readonly region?: string }>> | undefined;
  return process.env[environmentName('region')] ?? process.env.AWS_REGION ?? stages?.[stage]?.region;
}
