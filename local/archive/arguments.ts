import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Span } from '../../usecases/ports/archive/archive';
import { archiveUrl } from '../facts';

export const USAGE = `What should be shown?
  npm run archive -- show <instrument> <from> <to> [--frames] [--json] [--archive <folder or s3://bucket>]
Times are such as 2026-03-01T12:00:00Z or epoch milliseconds; a folder is the local platform's when none is given.`;

export type ShowArguments = {
  readonly instrument: string;
  readonly span: Span;
  readonly frames: boolean;
  readonly json: boolean;
  /** `file:///…` or `s3://…`. */
  readonly archive: string;
};

/** Each hour of the span is listed for itself. */
const SPAN_MS_MAX = 31 * 86_400_000;

/** Throws one line that names what is at fault and its rule. */
export function readArguments(args: readonly string[], root: string): ShowArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      frames: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      archive: { type: 'string' },
      'data-dir': { type: 'string', default: '.local' },
    },
  });
  const [command, instrument, from, to, ...others] = positionals;
  if (command !== 'show' || !instrument || !from || !to || others.length > 0) throw new Error(USAGE);
  const span = { from: timeOf('from', from), to: timeOf('to', to) };
  if (span.from > span.to) throw new Error('to: must not be before from');
  if (span.to - span.from > SPAN_MS_MAX) throw new Error('to: must be within 31 days of from');
  const archive = values.archive ?? process.env.ARCHIVE_URL ?? archiveUrl(resolve(root, values['data-dir']));
  return { instrument, span, frames: values.frames, json: values.json, archive: urlOf(archive) };
}

/** With its zone, or it would mean another moment on another machine. */
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const EPOCH_MS = /^\d{12,14}$/;

function timeOf(name: string, text: string): number {
  const time = EPOCH_MS.test(text) ? Number(text) : ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new Error(`${name}: ${text} must be a time such as 2026-03-01T12:00:00Z, or epoch milliseconds`);
  }
  return time;
}

function urlOf(archive: string): string {
  if (/^s3:\/\/[^/]+\/?$/.test(archive) || archive.startsWith('file:///')) return archive;
  if (archive.includes('://')) throw new Error(`--archive: ${archive} must be a folder or s3://bucket`);
  return pathToFileURL(isAbsolute(archive) ? archive : resolve(archive)).href;
}
