import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** Runs the app as a deploy would, without the CLI and without bundling. Throws when the synth or cdk-nag fails. */
export function synthesize(environment: Readonly<Record<string, string>> = {}): string {
  const output = mkdtempSync(join(tmpdir(), 'proving-ground-assembly-'));
  execFileSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: ROOT,
    stdio: 'pipe',
    env: {
      ...process.env,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_CONTEXT_JSON: JSON.stringify({
        'aws:cdk:bundling-stacks': [],
        pages: 'if-built',
        ...(environment.STAGE ? { stage: environment.STAGE } : {}),
      }),
      CDK_OUTDIR: output,
      ...environment,
    },
  });
  return output;
}
