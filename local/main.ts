import { resolve } from 'node:path';
import { readCandles } from './candles/read-candles';
import { DEMO_USERS } from './demo-users';
import type { PlatformFacts } from './facts';
import { readOptions } from './options';
import { startPlatform } from './platform';
import { beginningOf } from './simulators/truth/candle-path';
import { Undo } from './supervisor/undo';

const root = resolve(__dirname, '..');
const say = (line: string) => console.log(`· ${line}`);
const began = performance.now();
const undo = new Undo();
let isUp = false;

/** Ends everything in reverse. A second signal changes nothing: a Ctrl-C may come from the terminal and from npm. */
function endOn(signal: NodeJS.Signals): void {
  process.on(signal, () => {
    if (undo.isEnding) return;
    console.log('\nStopping; the data stay in the data folder.');
    undo.all().then(
      () => process.exit(isUp ? 0 : 1),
      (error: unknown) => fail(error),
    );
  });
}

function fail(error: unknown): never {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), root);
  if (options.replay !== undefined) {
    const tape = readCandles(options.replay);
    const beginning = new Date(beginningOf(tape, options.replayFrom)).toISOString().slice(0, 16).replace('T', ' ');
    say(`BTC follows ${tape.understood}; it begins at ${beginning} UTC, what is before is history`);
  }
  // Whoever reads our output may go away before we do.
  process.stdout.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) endOn(signal);
  try {
    const facts = await startPlatform(root, options, say, undo);
    isUp = true;
    welcome(facts);
  } catch (error) {
    if (undo.isEnding) return;
    await undo.all().catch(() => undefined);
    throw error;
  }
}

const welcome = ({ origin, inbox, api, logs }: PlatformFacts): void =>
  console.log(`
Proving Ground is up after ${Math.round((performance.now() - began) / 1000)} s

  open      ${origin}
  inbox     ${inbox}   (every mail that the platform sends)
  venues    ${origin}/simulator   (make one of them go mad)
  API       ${api}
  logs      ${logs}

  sign in as
${DEMO_USERS.map(({ email, password }) => `    ${email}   ${password}`).join('\n')}

Ctrl-C stops all of it.`);

main().catch(fail);
