import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Verdict } from '../../domain/assessment/judging/judgement';
import type { HistoryDigests } from './calm-history';

/** One stored bundle: its bytes, their SHA-256, and what was decided in one line. */
export type KeptBundle = {
  readonly seed: number;
  readonly verdict: string;
  readonly sha256: string;
  readonly evidence: string;
};

/** The digests of many histories, and the kinds of events there were when they were made. */
export type KeptHistories = { readonly kinds: readonly string[]; readonly histories: readonly HistoryDigests[] };

type Kept = { readonly bundles: readonly KeptBundle[]; readonly histories: readonly KeptHistories[] };

const fileOf = (name: keyof Kept): string => join(__dirname, 'kept', `${name}.ndjson.gz`);

/** What `npm run evidence` wrote. */
export function readKept<Name extends keyof Kept>(name: Name): Kept[Name] {
  const lines = gunzipSync(readFileSync(fileOf(name)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line)) as unknown as Kept[Name];
}

/** Equal rows are equal bytes: no time is written. Answers how many bytes. */
export function writeKept<Name extends keyof Kept>(name: Name, rows: Kept[Name]): number {
  const packed = gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { level: 9 });
  writeFileSync(fileOf(name), packed);
  return packed.length;
}

/** Also what evidence does not say of a verdict: what is closed, and why. */
export function verdictLine(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'failed': {
      const { broken } = verdict;
      return `failed ${broken.rule}${broken.kind === 'deadline' && broken.instrument ? ` ${broken.instrument}` : ''}`;
    }
    case 'paused':
      return `paused ${verdict.rule}${verdict.closes ? ' closes' : ''}`;
    case 'close':
      return `close ${verdict.reason} ${verdict.instruments.join(' ')}`;
    default:
      return verdict.kind;
  }
}
