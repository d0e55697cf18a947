// Runs in a worker thread: one instance of one function, with the function's environment as its own.
import { openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

// All that the function writes goes to its own log. A logger that writes to the descriptor itself asks for `fd`.
const log = openSync(workerData.logFile, 'a');
process.stdout.fd = log;
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, done) => {
    writeSync(log, chunk, null, typeof encoding === 'string' ? encoding : undefined);
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}

const { handler } = await import(workerData.url);
parentPort.on('message', async ({ event, context }) => {
  try {
    // Lambda hands on JSON and nothing else.
    parentPort.postMessage({ ok: true, json: JSON.stringify(await handler(event, context)) });
  } catch (error) {
    console.error(error);
    parentPort.postMessage({ ok: false, error: error instanceof Error ? error.message : String(error) });
  }
});
parentPort.postMessage({ ready: true });
