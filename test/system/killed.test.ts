import pg from 'pg';
import { Market } from '../fixtures/platform/market';
import { killPart, platform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';
import { EventTail } from './event-tail';

const BTC = 'BTC-USD';
const WORKLOADS = ['market-data', 'risk-engine', 'event-relay', 'websocket'] as const;

/** Goal: killing each part in the middle of a story changes nothing of it: every event once in effect, in its order. */
test('the story goes on when every workload is killed once', async () => {
  const facts = platform();
  const market = new Market(facts.venueControl);
  const tail = await EventTail.start([facts.kafka], `killed-auditor-${process.pid}`);
  const trader = new Trader(facts);
  await trader.register();
  await market.freeze();
  const { body } = await trader.call('GET', '/tiers');
  const tier = body.tiers[0];

  killPart(facts.factsFile, 'event-relay');
  await trader.buy(tier.slug);
  const { ask } = await market.touch(trader, BTC);
  killPart(facts.factsFile, 'market-data');
  const qty = (Math.floor(((2 * Number(tier.phases[0].rules.startingUsd)) / ask) * 100) / 100).toFixed(2);
  const placed = await eventually('a fill', async () => {
    const answer = await trader.order('buy', BTC, qty);
    return answer.status === 201 ? answer : undefined;
  });
  killPart(facts.factsFile, 'risk-engine');
  killPart(facts.factsFile, 'websocket');
  await market.move(trader, BTC, ask * 0.94);
  await tail.until('report.ready', trader.accountId, 60_000);
  await market.move(trader, BTC, ask);

  const story = tail.story(trader.accountId);
  expect(story).toEqual([
    'assessment.created',
    'trading.order-placed',
    'trading.order-filled',
    // All three loss limits at once, which fail after they have stood broken for the time that the rules say.
    ...Array.from({ length: 3 }, () => 'rules.limit-warned'),
    ...Array.from({ length: 3 }, () => 'rules.limit-touched'),
    'rules.violation-detected',
    'assessment.abandoned',
    // What was still held is closed by the platform.
    'trading.order-placed',
    'trading.order-filled',
    'report.ready',
  ]);
  await expectOnce(facts.postgres, trader.accountId, placed.body.orderId);
  const live = await eventually('the gateway', () => trader.live().catch(() => undefined));
  live.send({ op: 'subscribe-account', accountId: trader.accountId });
  const snapshot = await live.until('the snapshot', ({ type }) => type === 'account-snapshot');
  expect(snapshot.type === 'account-snapshot' && [snapshot.snapshot.status, snapshot.snapshot.version]).toEqual([
    'failed',
    14,
  ]);
  // Whoever had seen the fill, and comes back, is told all that happened since.
  const seen = story.indexOf('trading.order-filled') + 1;
  live.send({ op: 'subscribe-account', accountId: trader.accountId, since: seen });
  await live.until('the last event', (frame) => frame.type === 'account-event' && frame.accountVersion === 14);
  expect(live.events(trader.accountId)).toEqual(
    story.slice(seen).map((type, at) => ({ type, version: seen + 1 + at })),
  );
  live.close();
  await tail.stop();
  for (const name of WORKLOADS) await eventually(name, () => isReady(facts.api, name));
}, 180_000);

/** The books of the account: one fill, one violation, one verdict, one report, and postings that sum to zero. */
async function expectOnce(postgres: string, accountId: string, orderId: string): Promise<void> {
  const database = new pg.Client({ connectionString: postgres });
  await database.connect();
  const { rows } = await database.query(
    `SELECT (SELECT count(*) FROM fills WHERE account_id = $1 AND order_id = $2)::int AS fills,
      (SELECT count(*) FROM violations WHERE account_id = $1)::int AS violations,
      (SELECT count(*) FROM verdicts WHERE account_id = $1)::int AS verdicts,
      (SELECT count(*) FROM reports WHERE account_id = $1)::int AS reports,
      (SELECT sum(cash_usd + inventory_usd + realized_pnl_usd + fees_usd + funding_usd)
        FROM ledger_postings WHERE account_id = $1)::int AS ledger`,
    [accountId, orderId],
  );
  await database.end();
  expect(rows).toEqual([{ fills: 1, violations: 1, verdicts: 1, reports: 1, ledger: 0 }]);
}

const PORT_AFTER_API: Readonly<Record<string, number>> = {
  'market-data': 1,
  websocket: 3,
  'risk-engine': 5,
  'event-relay': 6,
};

async function isReady(api: string, name: string): Promise<true | undefined> {
  const port = Number(new URL(api).port) + (PORT_AFTER_API[name] ?? 0);
  const response = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
  return response?.ok ? true : undefined;
}
