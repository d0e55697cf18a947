import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi } from './document';

/** `npm run asyncapi`: writes docs/reference/asyncapi.json anew from the contracts. */
writeFileSync(join(process.cwd(), 'docs', 'reference', 'asyncapi.json'), `${JSON.stringify(asyncApi(), null, 2)}\n`);
