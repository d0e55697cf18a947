import { resolve } from 'node:path';
import { openArchive } from '../runtime/compose/archive-reading';
import { readArguments } from './archive/arguments';
import { show, summaryOf } from './archive/show';

/**
 * `npm run archive -- show <instrument> <from> <to>`: what the archive keeps of an instrument, event by event, or with
 * `--frames` what its venues said. Exit 0: shown; 1: nothing is kept of it; 2: a wrong call or a failure.
 */
async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2), resolve(__dirname, '..'));
  // A reader that has seen enough goes away, and so do we.
  process.stdout.on('error', () => process.exit(0));
  const shown = await show(await openArchive(asked.archive), asked, say);
  console.error(summaryOf(shown, asked));
  return shown.ticks > 0 ? 0 : 1;
}

const say = (line: string): Promise<void> =>
  new Promise((done) => {
    if (process.stdout.write(`${line}\n`)) done();
    else process.stdout.once('drain', () => done());
  });

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
