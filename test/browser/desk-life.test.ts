import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;

/** Goal: the desk says what is: of its markets, of its prices, and of the order that is being written. */
describe('the desk as time passes', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    await trader.register();
    const [tier] = (await trader.call('GET', '/tiers')).body.tiers;
    await trader.buy(tier.slug);
    const context = await contextFor(browser, 'desktop', 'light');
    visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
  }, STORY_MS);
  afterAll(async () => {
    await market.silence(false);
    await browser.close();
  });

  const ticket = () => visitor.panel('Order ticket');
  const quantity = () => ticket().getByLabel('Quantity', { exact: true });

  test(
    'a fill empties the ticket; nothing of it is left at another market',
    async () => {
      await visitor.select(/^BTC/);
      await visitor.trade('Buy', '0.01');
      expect(await quantity().inputValue()).toBe('');
      await ticket().getByText('What the order would do appears here.').waitFor();
      await quantity().fill('0.02');
      await ticket().getByRole('radio', { name: /^Sell/ }).check();
      await visitor.select(/^ETH/);
      expect(await quantity().inputValue()).toBe('');
      expect(await ticket().getByRole('radio', { name: /^Buy/ }).isChecked()).toBe(true);
      expect(
        await ticket()
          .getByText(/^Bought/)
          .count(),
      ).toBe(0);
    },
    STORY_MS,
  );

  test(
    'a reload keeps the market and the events',
    async () => {
      await visitor.select(/^SOL/);
      const events = () => visitor.panel('Events').getByRole('listitem').allInnerTexts();
      const before = await events();
      expect(before.join()).toContain('Bought 0.01 BTC');
      expect(before.join()).toMatch(/Trading day|Bought/);
      await visitor.page.reload();
      await visitor.page.getByText('Live', { exact: true }).waitFor();
      await ticket().getByRole('heading', { name: /^SOL/ }).waitFor();
      expect(await events()).toEqual(before);
    },
    STORY_MS,
  );

  test(
    'a trail shows where its stop stands and writes nothing into the events',
    async () => {
      await visitor.select(/^BTC/);
      await visitor.write('Sell', 'Trailing stop', { Quantity: '0.01', Distance: '500' });
      await ticket().getByLabel('Reduce only').check();
      await visitor.submit('Sell');
      const row = visitor.panel('Open orders').getByRole('rowheader', { name: /Trailing stop, 500\.00 behind/ });
      await row.getByText(/now at [\d,]+\.\d/).waitFor();
      const trigger = /now at [\d,.]+/.exec((await row.textContent()) ?? '')?.[0] ?? '';
      const events = await visitor.panel('Events').getByRole('listitem').count();
      const { bid } = await market.touch(trader, 'BTC-USD');
      for (const share of [1.001, 1.002, 1.003]) await market.move(trader, 'BTC-USD', Math.round(bid * share));
      await row.getByText(trigger).waitFor({ state: 'detached' });
      expect(await visitor.panel('Events').getByRole('listitem').count()).toBe(events);
      await visitor.button('Cancel all').click();
      await visitor.panel('Open orders').getByText('No order is waiting.').waitFor();
    },
    STORY_MS,
  );

  test(
    'a halt is seen at once, keeps orders out, and ends',
    async () => {
      await visitor.select(/^SOL/);
      const buy = ticket().getByRole('button', { name: /^Buy/ });
      await market.setStatus('SOL-USD', 'halted');
      await ticket().getByText('Halted', { exact: true }).waitFor();
      expect(await buy.isDisabled()).toBe(true);
      await ticket().getByText('This market is halted').waitFor();
      await screenshot(visitor.page, 'desk-halted');
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await market.setStatus('SOL-USD', 'open');
      await ticket().getByText('Halted', { exact: true }).waitFor({ state: 'detached' });
      expect(await buy.isEnabled()).toBe(true);
    },
    STORY_MS,
  );

  test(
    'a line that brings no fresh price is not called live',
    async () => {
      await market.silence(true);
      await visitor.page.getByText(/^Connected, but no fresh price from Kraken/).waitFor({ timeout: 60_000 });
      await screenshot(visitor.page, 'desk-silent');
      await market.silence(false);
      await visitor.page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
    },
    STORY_MS,
  );

  test("an address of somebody else's assessment is explained", async () => {
    await visitor.open(`/desk/?assessment=${trader.assessmentId.replace(/.$/, '0')}`);
    await visitor.page.getByText('No assessment of yours is at this address').waitFor();
    await visitor.open('/desk/?assessment=cut-off');
    await visitor.page.getByText('No assessment of yours is at this address').waitFor();
  });
});
