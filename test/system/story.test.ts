import type { LiveClient } from '../fixtures/platform/live-client';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';
import { EventTail } from './event-tail';

const BTC = 'BTC-USD';

/** Goal: the main job through the public doors, from registration to a verdict with its report. */
describe('the story', () => {
  const facts = platform();
  const market = new Market(facts.venueControl);
  let tail: EventTail;
  let tier: { slug: string; phases: { rules: { startingUsd: string; activity: { tradesMin: number } } }[] };

  beforeAll(async () => {
    tail = await EventTail.start([facts.kafka], 'story-auditor');
    await market.freeze();
    const { body } = await new Trader(facts).call('GET', '/tiers');
    tier = body.tiers[0];
  });
  afterAll(() => tail.stop());

  const opened = async () => {
    const trader = new Trader(facts);
    await trader.register();
    const { purchaseId } = await trader.buy(tier.slug);
    const live = await trader.live();
    live.send({ op: 'subscribe-account', accountId: trader.accountId });
    live.send({ op: 'subscribe-quotes', instruments: [BTC] });
    await live.until('the snapshot', ({ type }) => type === 'account-snapshot');
    return { trader, live, purchaseId };
  };

  const rules = () => {
    const [phase] = tier.phases;
    if (!phase) throw new Error('every tier has a phase');
    return phase.rules;
  };

  /** Twice the account's size at the current price, in whole hundredths of a coin. */
  const doubleSize = async (trader: Trader): Promise<string> => {
    const { ask } = await market.touch(trader, BTC);
    return (Math.floor(((2 * Number(rules().startingUsd)) / ask) * 100) / 100).toFixed(2);
  };

  test('a breach fails the assessment, in the design’s order of events, and the report follows', async () => {
    const { trader, live, purchaseId } = await opened();
    const { ask } = await market.touch(trader, BTC);
    const placed = await trader.order('buy', BTC, await doubleSize(trader));
    expect(placed.status).toBe(201);
    await live.until('equity', (message) => message.type === 'account-mark');
    await market.move(trader, BTC, ask * 0.94);
    await live.until('the verdict', (message) => isEvent(message, 'assessment.abandoned'));
    await live.until('the report', (message) => isEvent(message, 'report.ready'));
    const story = [
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
    ];
    await tail.until('report.ready', trader.accountId);
    expect(tail.story(trader.accountId)).toEqual(story);
    expect((await tail.until('payment.purchase-completed', purchaseId)).key).toBe(trader.assessmentId);
    expect(live.events(trader.accountId).map(({ type }) => type)).toEqual(story.slice(1));
    await market.move(trader, BTC, ask);
    await expectEvidence(trader);
    await expectReport(trader);
    expect(await trader.order('buy', BTC, '0.01')).toMatchObject({
      status: 409,
      body: { refusal: 'assessment_closed', errors: [{ field: 'accountId' }] },
    });
    live.close();
  });

  test('reaching the target flat and with enough trades passes it, and the report follows', async () => {
    const { trader, live } = await opened();
    const { ask } = await market.touch(trader, BTC);
    const size = await doubleSize(trader);
    await trader.order('buy', BTC, size);
    await market.move(trader, BTC, ask * 1.08);
    expect((await trader.order('sell', BTC, size)).status).toBe(201);
    for (let trade = 1; trade < rules().activity.tradesMin; trade++) {
      expect((await trader.order('buy', BTC, '0.01')).status).toBe(201);
      expect((await trader.order('sell', BTC, '0.01')).status).toBe(201);
    }
    await live.until('the verdict', (message) => isEvent(message, 'assessment.completed'));
    await live.until('the report', (message) => isEvent(message, 'report.ready'));
    await market.move(trader, BTC, ask);
    expect((await trader.call('GET', '/assessments')).body.assessments[0].status).toBe('passed');
    await expectReport(trader);
    live.close();
  });

  test('an outcome of a prediction market is bought, marked and sold', async () => {
    const { trader, live } = await opened();
    const { body } = await trader.call('GET', '/instruments');
    const outcome = body.instruments.find((one: { kind: string; id: string }) => one.kind === 'outcome');
    await market.touch(trader, outcome.id);
    const bought = await trader.order('buy', outcome.id, '100');
    expect(bought).toMatchObject({ status: 201, body: { status: 'filled', filledQty: '100' } });
    const mark = await live.until('equity', (message) => message.type === 'account-mark');
    expect(mark.type === 'account-mark' && mark.mark.rooms.map(({ rule }) => rule).sort()).toEqual([
      'daily_loss',
      'max_drawdown',
      'risk_per_trade',
    ]);
    expect((await trader.order('sell', outcome.id, '100')).status).toBe(201);
    expect((await trader.order('sell', outcome.id, '100')).body.refusal).toBe('short_not_allowed');
    live.close();
  });
});

const isEvent = (message: LiveClient['frames'][number]['message'], type: string): boolean =>
  message.type === 'account-event' && message.event === type;

async function expectEvidence(trader: Trader): Promise<void> {
  const { body } = await trader.call('GET', '/assessments');
  const { assessmentId, status } = body.assessments[0];
  expect(status).toBe('failed');
  const evidence = await trader.call('GET', `/assessments/${assessmentId}/evidence`);
  expect(evidence.body).toMatchObject({ accountId: trader.accountId, judgement: { verdict: 'failed' } });
}

async function expectReport(trader: Trader): Promise<void> {
  const report = await eventually('the report', async () => {
    const { body } = await trader.call('GET', '/reports');
    return body.reports.find((one: { assessmentId: string }) => one.assessmentId === trader.assessmentId);
  });
  const html = await trader.call('GET', `/reports/${report.reportId}/html`);
  expect(html.body).toContain('<svg');
  const pdf = await trader.call('GET', `/reports/${report.reportId}/pdf`);
  expect(pdf.body.slice(0, 5)).toBe('%PDF-');
}
