import type * as z from 'zod';
import type { Fault } from '../../domain/kernel/result';

/** However much is wrong, an answer stays small: so many faults, and so much of a name that the sender made up. */
const FAULTS_MAX = 20;
const NAME_MAX = 80;

/** Each unknown field is a fault of its own; everything else is named by its path, what has none by `whole`. */
export function faultsOf({ issues }: z.core.$ZodError, whole = 'body'): readonly Fault[] {
  const faults: Fault[] = [];
  for (const issue of issues) {
    const path = pathText(issue.path);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, FAULTS_MAX)) {
        faults.push({ field: shortened(path ? `${path}.${key}` : key), rule: 'is not a field of this request' });
      }
    } else faults.push({ field: shortened(path || whole), rule: issue.message });
    if (faults.length >= FAULTS_MAX) break;
  }
  return faults.slice(0, FAULTS_MAX);
}

/** `phases[1].rules.startingUsd`: the same form in which the domain names a field. */
const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');

const shortened = (name: string): string => (name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name);
