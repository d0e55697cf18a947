import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What was seen on a venue's wire or chain, as it was seen; only its white space is ours. Names are those of the files
 * beside this one: `polymarket/sweep_tail`.
 */
export const captured = (name: string): unknown =>
  JSON.parse(readFileSync(join(process.cwd(), 'test', 'captures', `${name}.json`), 'utf8'));
