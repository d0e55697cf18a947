import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PAGE_PATH = /^\/simulator(?=\/|$)/;

const FILES: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '/simulator': { name: 'simulator.html', type: 'text/html; charset=utf-8' },
  '/simulator/': { name: 'simulator.html', type: 'text/html; charset=utf-8' },
  '/simulator/actions.js': { name: 'actions.js', type: 'text/javascript; charset=utf-8' },
  '/simulator/page.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/simulator/page.css': { name: 'page.css', type: 'text/css; charset=utf-8' },
};

/** Nothing comes from anywhere else, and nothing stands in the page but what its files say. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A file of the page, as it is on the disk now. */
export function pageFile(
  path: string,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined {
  const file = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (!file) return undefined;
  const headers = { 'content-type': file.type, 'cache-control': 'no-store', 'content-security-policy': POLICY };
  return { headers, body: readFileSync(join(__dirname, '../page', file.name), 'utf8') };
}
