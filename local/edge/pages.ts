import { createReadStream, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** A file of the exported site, as its bucket would give it: for what is none, a refusal in XML. */
export function servePage(
  dir: string,
  uri: string,
  response: ServerResponse,
  statusFor: (status: number) => number,
): void {
  const file = fileOf(dir, uri);
  if (file === undefined) return void response.writeHead(403, { 'content-type': 'application/xml' }).end(DENIED);
  response.statusCode = statusFor(200);
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  const isHashed = uri.startsWith('/_next/static/');
  response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

const DENIED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

function fileOf(dir: string, uri: string): string | undefined {
  try {
    const file = join(dir, normalize(decodeURI(uri)));
    return file.startsWith(dir + sep) && isFile(file) ? file : undefined;
  } catch {
    return undefined; // Not a path in UTF-8.
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
