import { KALSHI_NAMES } from '../../../../local/simulators/kalshi/names';
import type { KalshiServer } from '../../../../local/simulators/kalshi/server';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';
import { VenueLab } from '../venue-lab';

const [BTC, FED, RAIN] = OUTCOMES as unknown as readonly [
  (typeof OUTCOMES)[number],
  (typeof OUTCOMES)[number],
  (typeof OUTCOMES)[number],
];
const idsOf = ({ id }: (typeof OUTCOMES)[number]) => {
  const base = `KALSHI-${KALSHI_NAMES[id]?.ticker.replaceAll('.', 'p')}`;
  return { yes: `${base}-YES`, no: `${base}-NO` };
};
const ALL = OUTCOMES.map(idsOf);

describe('the Kalshi connector over a socket', () => {
  let lab: VenueLab<KalshiServer>;
  beforeEach(async () => {
    lab = await VenueLab.kalshi();
    await lab.until(() => ALL.every(({ yes, no }) => lab.quality(yes) === 'good' && lab.quality(no) === 'good'));
  });
  afterEach(() => lab.close());

  const agrees = (listing: (typeof OUTCOMES)[number]) =>
    lab.seen(idsOf(listing).yes, 30).join() === lab.true(listing, 30).join();

  test('sees the truth, level by level, after many changes', async () => {
    for (let step = 0; step < 300; step++) lab.truth.step(1);
    await lab.until(() => OUTCOMES.every(agrees));
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, framesUnknown: 0, isConnected: true });
    expect(lab.troubles).toEqual([]);
  });
});
void [BTC, FED, RAIN];
