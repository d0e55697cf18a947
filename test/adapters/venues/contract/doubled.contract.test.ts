import type { FaultName } from '../../../../local/simulators/faults';
import { SPOTS, type SpotListing } from '../../../../local/simulators/truth/listing';
import { type DoubledLab, doubledBinance, doubledKraken } from '../../../fixtures/venues/doubled-lab';
import type { VenueLab } from '../../../fixtures/venues/venue-lab';
import { TrueStates } from './true-states';

const BTC = SPOTS[0] as SpotListing;

type Doubled = {
  readonly venue: string;
  readonly open: () => Promise<DoubledLab>;
  readonly id: string;
  readonly losses: readonly FaultName[];
};

const LOSSES = ['drop', 'reorder', 'malformed', 'negative', 'nan', 'price'] as const;
const DOUBLED: readonly Doubled[] = [
  {
    venue: 'kraken',
    open: doubledKraken,
    id: BTC.id,
    losses: [...LOSSES, 'checksum'],
  },
  { venue: 'binance', open: doubledBinance, id: 'BTC-USDT', losses: LOSSES },
];

/**
 * Goal: over two connections nothing that happens to one of them is seen outside: the book stays good and true, no
 * state is told that was no more, each trade is told once, and the one that was spoilt is mended and counted.
 */
describe.each(DOUBLED)('$venue over two connections', ({ open, id, losses }) => {
  const story = (
    name: string,
    run: (lab: VenueLab, states: TrueStates, spared: DoubledLab['spared']) => Promise<void>,
  ) =>
    test.concurrent(name, async () => {
      const { lab, spared, goodOf } = await oneByOne(open);
      try {
        const states = new TrueStates(lab, BTC);
        await lab.until(() => states.is(id) && lab.feed.health().connections === 2);
        // Both have their books: one frame that the first never gets is no loss of the second.
        await lab.until(() => goodOf.every((good) => good() === 3) && lab.instruments.size === 3);
        lab.history.length = 0;
        await run(lab, states, spared);
        expect(states.lies(told(lab))).toEqual([]);
        const sequences = told(lab).map(({ sequence }) => sequence);
        expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
      } finally {
        await lab.close();
        await spared.stop();
      }
    });
  const told = (lab: VenueLab) => lab.history.filter(({ instrument }) => instrument === id);
  const bad = (lab: VenueLab) => told(lab).filter(({ quality }) => quality !== 'good');
  const move = (lab: VenueLab) => lab.truth.setPrice(BTC, lab.truth.mid(BTC.id) * 1.01);

  for (const fault of losses) {
    story(`what one loses by ${fault} the other has`, async (lab, states, spared) => {
      await turn(lab, states);
      lab.venue.faults.add(fault, 1);
      move(lab);
      move(lab);
      await lab.until(
        () => lab.feed.health().gaps > 0,
        () => move(lab),
      );
      await lab.until(() => states.is(id));
      expect(bad(lab)).toEqual([]);
      expect(lab.feed.health().gaps).toBe(1);
      // Once the other one is gone, the book is that of the one which was mended.
      spared.faults.add('drop', 1_000_000);
      move(lab);
      await lab.until(() => states.is(id), lab.step);
    });
  }

  story('a connection that is lost is not seen', async (lab, states) => {
    await turn(lab, states);
    lab.venue.disconnect();
    move(lab);
    await lab.until(() => lab.feed.health().reconnects === 1);
    await lab.until(() => states.is(id));
    await lab.until(() => lab.feed.health().connections === 2, lab.step);
    await lab.until(() => states.is(id));
    expect(lab.feed.health().reconnects).toBe(1);
    expect(bad(lab)).toEqual([]);
  });

  story('one that stands still while the other goes on is begun anew', async (lab, states) => {
    await turn(lab, states);
    lab.venue.faults.isSilent = true;
    await lab.until(() => lab.feed.health().reconnects > 0, lab.step);
    lab.venue.faults.isSilent = false;
    await lab.until(() => lab.feed.health().connections === 2, lab.step);
    await lab.until(() => states.is(id));
    expect(lab.troubles.join()).toContain('one of two connections stands still');
    expect(bad(lab)).toEqual([]);
  });

  story('one that comes late is not waited for, and what it brings of before is not told', async (lab, states) => {
    await turn(lab, states);
    lab.venue.faults.delayMs = 400;
    for (let step = 0; step < 20; step++) {
      lab.step();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await lab.until(() => states.is(id));
    lab.venue.faults.delayMs = 0;
    await lab.until(() => states.is(id), lab.step);
    expect(bad(lab)).toEqual([]);
  });

  story('each trade is told once', async (lab, states) => {
    await turn(lab, states);
    const [from, trueFrom] = [lab.trades.length, lab.trueTrades.length];
    for (let step = 0; step < 40; step++) lab.step();
    const spots = () => lab.trueTrades.slice(trueFrom).filter(({ listing }) => listing.kind === 'spot').length;
    await lab.until(() => lab.trades.length - from >= spots());
    await lab.until(() => states.is(id));
    expect(lab.trades.length - from).toBe(spots());
    expect(spots()).toBeGreaterThan(0);
  });

  story('where both are lost the book is told as lost, and is had again', async (lab, states, spared) => {
    lab.venue.disconnect();
    spared.disconnect();
    await lab.until(() => bad(lab).length > 0);
    await lab.until(() => lab.feed.health().connections === 2, lab.step);
    await lab.until(() => states.is(id), lab.step);
    expect(bad(lab).map(({ quality }) => quality)).toEqual(['stale']);
  });

  /** Both connections have told something: each is known to be there. */
  async function turn(lab: VenueLab, states: TrueStates): Promise<void> {
    for (let step = 0; step < 5; step++) lab.step();
    await lab.until(() => states.is(id));
  }
});

let opening: Promise<unknown> = Promise.resolve();

/** Two that look for a free port at once may find the same. */
function oneByOne(open: () => Promise<DoubledLab>): Promise<DoubledLab> {
  const opened = opening.then(open);
  opening = opened.catch(() => undefined);
  return opened;
}
