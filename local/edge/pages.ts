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

/** A file of the exported site, as its bucket would give it; for anything else the site's own page for that. */
export function servePage(dir: string, uri: string, response: ServerResponse): void {
  const wanted = fileOf(dir, uri);
  const file = wanted ?? join(dir, '404.html');
  response.statusCode = wanted ? 200 : 404;
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  const isHashed = wanted !== undefined && uri.startsWith('/_next/static/');
  response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (!isFile(file)) return void response.end('Not found');
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

function fileOf(dir: string, uri: string): string | undefined {
  try {
    const file = join(dir, normalize(decodeURI(uri)));
    return file.startsWith(dir + sep) && isFile(file) ? file : undefined;
  } catch {
    return undefined; // Not a path in UTF-8.
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
