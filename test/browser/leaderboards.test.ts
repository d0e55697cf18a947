import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 240_000;
const TIER = 'classic-50k';
const BTC = 'BTC-USD';

/** Goal: trades that were closed well stand on the board within seconds, masked, and go when their owner says so. */
describe('leaderboards', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let tier: { readonly slug: string; readonly name: string };

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
    const { tiers } = (await trader.call('GET', '/tiers')).body;
    tier = tiers.find(({ slug }: { slug: string }) => slug === TIER) ?? tiers.at(-1);
    await market.freeze();
    await trader.buy(tier.slug);
  }, STORY_MS);
  afterAll(() => browser.close());

  const ordered = async (side: 'buy' | 'sell') => {
    const { status, body } = await trader.order(side, BTC, '0.02');
    if (status !== 201) throw new Error(`${side}: ${status} ${JSON.stringify(body)}`);
  };

  test(
    'a good month appears live, is one’s own to hide, and fits a phone',
    async () => {
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      const { page } = visitor;
      await visitor.signIn(trader.email, '/leaderboards/');
      const panel = visitor.panel('Leaderboard');
      // The schedule builds the boards within its first minute.
      await panel.getByLabel('Tier').selectOption({ label: tier.name });
      await panel.getByText('The first line is free', { exact: false }).waitFor({ timeout: 90_000 });
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'leaderboard-empty');
      const { ask } = await market.touch(trader, BTC);
      for (let trade = 1; trade <= 5; trade++) {
        await ordered('buy');
        await market.move(trader, BTC, ask * (1 + trade / 50));
        await ordered('sell');
      }
      // Told over the live line, with nobody's doing.
      const own = panel.getByRole('row').filter({ hasText: 'T••• T.' });
      await own.waitFor();
      await panel.getByText(/^You are 1st of 1 with \+\d/).waitFor({ timeout: 40_000 });
      await own.getByText('You', { exact: true }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'leaderboard');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'leaderboard-phone');
      await page.setViewportSize({ width: 1280, height: 900 });

      const stranger = new Visitor(await (await contextFor(browser, 'desktop', 'dark')).newPage(), facts);
      await stranger.open('/leaderboards/');
      await stranger.panel('Leaderboard').getByLabel('Tier').selectOption({ label: tier.name });
      await stranger.panel('Leaderboard').getByText('T••• T.').waitFor();
      await screenshot(stranger.page, 'leaderboard-dark');

      await visitor.open('/account/');
      const card = visitor.panel('On leaderboards');
      await card.getByLabel('By name, as Terry Trader').check();
      await card.getByText('Saved.').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'leaderboard-choice');
      await stranger.page.reload();
      await stranger.panel('Leaderboard').getByLabel('Tier').selectOption({ label: tier.name });
      await stranger.panel('Leaderboard').getByText('Terry Trader').waitFor();
      await card.getByLabel('Not at all').check();
      await card.getByText('Saved.').waitFor();
      await stranger.page.reload();
      await stranger.panel('Leaderboard').getByLabel('Tier').selectOption({ label: tier.name });
      await stranger.panel('Leaderboard').getByText('The first line is free', { exact: false }).waitFor();
    },
    STORY_MS,
  );
});
