import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SeededRandom } from '../../../../local/simulators/truth/random';
import { isSound, MUTANT_TOKENS } from '../../../fixtures/venues/mutants';
import { VENUES, type VenueCase } from '../../../fixtures/venues/venue-cases';
import { TrueStates } from './true-states';

const FRAMES = 10_000;
const BATCH = 100;
/** What ten thousand frames may leave behind. */
const HEAP_BYTES_MAX = 24 * 1024 * 1024;

const TOKENS = [...MUTANT_TOKENS, '"update"'];

/** A frame with a few of its characters taken away, doubled or replaced. */
function mutant(random: SeededRandom, frames: readonly string[]): string {
  let text = frames[random.whole(0, frames.length - 1)] ?? '';
  for (let cut = random.whole(1, 4); cut > 0; cut--) {
    const from = random.whole(0, text.length);
    const token = TOKENS[random.whole(0, TOKENS.length - 1)] ?? '';
    text = text.slice(0, from) + token + text.slice(from + random.whole(0, 30));
  }
  return text;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

/** Goal: ten thousand mutants of real frames break nothing, fill no memory, and leave the true book behind. */
test.each(VENUES)('$venue takes ten thousand mutants', async ({ open, id, listing, frames }: VenueCase) => {
  const lab = await open();
  const states = new TrueStates(lab, listing);
  await lab.until(() => states.is(id));
  const random = new SeededRandom(20_260_512);
  let before = 0;
  for (let sent = 0; sent < FRAMES; sent += BATCH) {
    // What is sent while nobody is connected tests nothing.
    await lab.until(() => lab.feed.health().isConnected);
    for (let at = 0; at < BATCH; at++) lab.venue.inject(mutant(random, frames));
    await new Promise((resolve) => setImmediate(resolve));
    expect(lab.history.filter((book) => !isSound(book))).toEqual([]);
    lab.forget();
    if (sent === FRAMES / 5) before = heap();
  }
  // Most of them are no JSON any more: by then the connector has read them all.
  await lab.until(() => lab.feed.health().framesDropped > FRAMES / 2);
  expect(heap() - before).toBeLessThan(HEAP_BYTES_MAX);
  lab.venue.disconnect();
  await lab.until(() => states.is(id), lab.step);
  await lab.close();
});
