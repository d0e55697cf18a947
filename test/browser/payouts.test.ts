import type { Browser } from 'playwright-core';
import { DEMO_USERS } from '../../local/demo-users';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const SLUG = 'paying-10k';
const PLAN = { afterDays: 30, profitShare: '0.1', payoutsMin: 1, growth: '0.25', of: 'start', maxUsd: '40000' };
const PAYOUT = {
  split: '0.8',
  firstAfterDays: 0,
  everyDays: 14,
  profitMinUsd: null,
  minUsd: null,
  maxUsd: null,
  shareOfProfitMax: null,
  bufferUsd: '0',
  winningDays: null,
  consistencyMax: null,
  requiresFlat: true,
  scaling: PLAN,
};

/** Goal: whoever has won something takes it, once, after being asked; before and after the page says why not. */
describe('payouts of a funded account', () => {
  const facts = platform();
  const [trader, admin] = [new Trader(facts), new Trader(facts)];
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    const [, { email, password }] = DEMO_USERS;
    admin.accessToken = (await admin.call('POST', '/auth/login', { email, password })).body.accessToken;
    const { tiers } = (await admin.call('GET', '/tiers')).body;
    const instant = tiers.find((tier: { slug: string }) => tier.slug === 'instant-10k');
    const [phase] = instant.phases;
    const phases = [{ ...phase, rules: { ...phase.rules, payout: PAYOUT } }];
    const tier = { name: 'Paying 10K', priceUsd: '99', retries: 0, resetPriceUsd: null, phases };
    const published = await admin.call('PUT', `/admin/tiers/${SLUG}`, tier);
    if (published.status !== 200) throw new Error(JSON.stringify(published.body));
    await trader.register();
    await trader.buy(SLUG);
    visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
    await visitor.signIn(trader.email, '/assessments/');
  }, STORY_MS);
  afterAll(() => browser.close());

  test(
    'waits for a profit, is asked for, is taken once, and waits for its next day',
    async () => {
      const panel = visitor.panel('Payouts of Paying 10K');
      await panel.getByText('There is no profit that could be paid.').waitFor();
      await panel.getByText(/^The account grows to \$12,500 once there are 0 of 30 days, /).waitFor();
      const { ask } = await market.touch(trader, 'ETH-USD');
      expect((await trader.order('buy', 'ETH-USD', '1')).status).toBe(201);
      await market.move(trader, 'ETH-USD', Math.round(ask * 1.08));
      await visitor.page.reload();
      await panel.getByText('1 position to be closed first.').waitFor();
      expect((await trader.order('sell', 'ETH-USD', '1')).status).toBe(201);
      await visitor.page.reload();
      const amount = panel.getByLabel('Payout, in dollars');
      await amount.fill('100000');
      await visitor.button('Take a payout').click();
      const dialog = visitor.page.getByRole('dialog');
      await dialog.getByText(/^\$100,000\.00 leaves the account for good: \$80,000\.00 is yours/).waitFor();
      await dialog.getByRole('button', { name: 'Take it' }).click();
      await panel.getByText(/may be at most \$/i).waitFor();
      await amount.fill('20');
      await visitor.button('Take a payout').click();
      await dialog.getByRole('button', { name: 'Leave it' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await visitor.button('Take a payout').click();
      await dialog.getByText('$20.00 leaves the account for good: $16.00 is yours, the rest is the firm’s.').waitFor();
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'payout-asked');
      await dialog.getByRole('button', { name: 'Take it' }).click();
      await panel.getByText(/: \$20\.00 taken, \$16\.00 of it yours$/).waitFor();
      await panel.getByText(/^The next payout may be taken from /).waitFor();
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'payout-taken');
      await visitor.page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(visitor.page)).toBe(0);
      const { body } = await trader.call('GET', `/assessments/${trader.assessmentId}/payouts`);
      expect(body.payouts).toHaveLength(1);
    },
    STORY_MS,
  );
});
