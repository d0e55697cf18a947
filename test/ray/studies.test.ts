import { ppm } from '../../domain/kernel/money';
import type { Study } from '../../domain/simulation/study/study';
import { systemClock } from '../../runtime/edge';
import { MemoryStudies } from '../fakes/memory-studies';
import { newStudy, study } from '../fixtures/simulation/asked-study';
import { orchestrating } from '../fixtures/simulation/orchestrating';
import { RayService } from './ray-service';

const PLAYED_WITHIN_MS = 100_000;
/** The first run after a start may wait for its workers. */
const SILENCE_MS = 60_000;

let ray: RayService;
beforeAll(async () => {
  ray = await RayService.start(2, 4);
}, 300_000);
afterAll(() => ray?.stop());

async function played(asks: Study['asks']) {
  const studies = new MemoryStudies();
  const at = systemClock.now();
  const given = newStudy(at, { scope: asks.scope, study: { ...study, paths: 5_000, asks } });
  await studies.store.request(given, { openMax: 1, askedMax: 1, askedSince: at, sameSince: at });
  const { orchestrator, told } = orchestrating(studies.queue, ray.url, { silenceMs: SILENCE_MS });
  expect(await orchestrator.tellReady()).toBe(true);
  await orchestrator.claim();
  for (const end = Date.now() + PLAYED_WITHIN_MS; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    if ((await studies.store.find(given.studyId))?.endedAt) break;
  }
  await orchestrator.stop();
  expect(told).toMatchObject({ parted: ['completed'] });
  return studies.store.odds(given.studyId);
}

const history: Study['asks'] = {
  scope: 'everything',
  strategy: {
    ...(study.asks.scope === 'size' ? study.asks.strategy : never()),
    trades: {
      kind: 'history',
      meanBlock: 1,
      trades: Array.from({ length: 40 }, (_, nth) => {
        const resultCents = nth % 3 === 0 ? 42_000n : -18_000n - BigInt(nth);
        const [worstCents, bestCents] = resultCents < 0n ? [resultCents, 0n] : [0n, resultCents];
        return { resultCents, worstCents, bestCents };
      }),
    },
  },
  worstDay: [{ resultCents: -90_000n, worstCents: -95_000n, bestCents: 0n }],
  trials: 3,
};

function never(): never {
  throw new Error('the study of the fixture asks for a size');
}

/** Goal: what the orchestrator asks, the service plays, and what it answers becomes odds. */
test('a study of closed trades is validated, played at every size, stressed, and told', async () => {
  const odds = await played(history);
  expect(odds).toMatchObject({ version: 2, paths: 5_000, drawnFrom: 40, validation: { trades: 40, trials: 3 } });
  expect(odds?.sizes.length).toBeGreaterThanOrEqual(8);
  expect(odds?.scenarios.map(({ name }) => name)).toContain('worst_day');
  expect(odds?.fan).toHaveLength(study.days);
}, 200_000);

test('the same study comes to the same odds', async () => {
  const asks = { ...(study.asks as Extract<Study['asks'], { scope: 'size' }>), size: ppm(1_500_000n) };
  const [one, again] = [await played(asks), await played(asks)];
  expect(again).toEqual(one);
  expect(one?.sizes).toHaveLength(2);
}, 200_000);
