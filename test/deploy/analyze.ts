import { spawnSync } from 'node:child_process';

/** What Istio's own analysis says against the objects of a file; nothing when all is well. */
export function analyze(istioctl: string, file: string): string | undefined {
  const args = ['analyze', '--use-kube=false', '--failure-threshold', 'Warning', file];
  const { status, stdout, stderr } = spawnSync(istioctl, args, { encoding: 'utf8' });
  return status === 0 ? undefined : `${stdout}${stderr}`.trim() || `it ended with ${status}`;
}
