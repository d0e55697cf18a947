import type { Browser, Page } from 'playwright-core';
import { platform } from '../fixtures/platform/platform';
import { eventually } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';

const STORY_MS = 120_000;

type Market = { readonly asset: string; readonly bid: string; readonly words: readonly string[] };
type Overview = {
  readonly truth: readonly Market[];
  readonly venues: readonly { readonly venue: string; readonly words: readonly string[]; readonly markets: Market[] }[];
};

/** Goal: a person makes one venue go mad with one press, sees that it alone is, and takes it back with another. */
describe('the page of the simulated venues', () => {
  const facts = platform();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await fetch(`${facts.venueControl}/control/normal`, { method: 'POST', body: '{}' });
    await browser.close();
  });

  const overview = async (): Promise<Overview> => (await fetch(`${facts.venueControl}/control/venues`)).json();
  const oddOnes = async () =>
    (await overview()).venues
      .filter(({ words, markets }) => words.length > 0 || markets.some((market) => market.words.length > 0))
      .map(({ venue }) => venue);
  /** Bitcoin's bid at a venue, as a share of what is true. */
  const shareAt = async (wanted: string): Promise<number> => {
    const { truth, venues } = await overview();
    const bid = (markets: readonly Market[] = []) => Number(markets.find(({ asset }) => asset === 'BTC-USD')?.bid);
    return bid(venues.find(({ venue }) => venue === wanted)?.markets) / bid(truth);
  };
  const open = async (page: Page): Promise<readonly string[]> => {
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') broken.push(message.text());
    });
    await page.goto(`${facts.origin}/simulator`);
    await page.getByRole('button', { name: /^Flash crash on Kraken only/ }).waitFor();
    return broken;
  };

  test.each`
    screen       | theme
    ${'desktop'} | ${'light'}
    ${'phone'}   | ${'dark'}
  `(
    'crashes one venue alone, and all is normal again: $screen, $theme',
    async ({ screen, theme }) => {
      const context = await contextFor(browser, screen, theme);
      const page = await context.newPage();
      const broken = await open(page);
      // Not Kraken: what the stories of other tests look at stays as it is.
      await page.getByLabel('Venue', { exact: true }).selectOption('coinbase');
      await page.getByLabel('By, in %').fill('-40');
      await page.getByLabel('For, in seconds').fill('300');
      await page.getByRole('button', { name: 'Flash crash on Coinbase only, BTC-USD: −40 % for 300 s' }).click();
      await page.getByRole('status').getByText('Done. Flash crash on Coinbase only').waitFor();
      expect(await shareAt('coinbase')).toBeCloseTo(0.6, 3);
      expect(await shareAt('kraken')).toBeCloseTo(1, 3);
      expect(await oddOnes()).toEqual(['coinbase']);
      await page.getByText(/^−40 % for \d+ s more$/).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, `simulator-${screen}-${theme}`);
      await page.getByRole('button', { name: /^Undo: Flash crash on Coinbase/ }).click();
      await page.getByText('— undone').waitFor();
      expect(await oddOnes()).toEqual([]);

      await page.getByRole('button', { name: 'Freeze (heartbeats go on)' }).click();
      await page.getByRole('button', { name: 'Clock off by 40000 ms' }).click();
      await eventually('Coinbase is odd', async () => ((await oddOnes()).length > 0 ? true : undefined));
      await page.getByRole('button', { name: 'All normal' }).click();
      await page.getByText('Done. All normal').waitFor();
      expect(await oddOnes()).toEqual([]);
      expect(broken).toEqual([]);
      await context.close();
    },
    STORY_MS,
  );

  test(
    'says what was refused and why, and offers no fault that a venue cannot commit',
    async () => {
      const context = await contextFor(browser, 'desktop', 'dark');
      const page = await context.newPage();
      await open(page);
      await page.getByLabel('By, in %').fill('40');
      await page.getByRole('button', { name: /^Flash crash on Kraken only/ }).click();
      await page
        .getByRole('status')
        .getByText(/^Refused: .*must be below 0/)
        .waitFor();
      expect(await oddOnes()).toEqual([]);
      expect(await page.getByRole('button', { name: 'Jump in numbers' }).isDisabled()).toBe(true);
      await page.getByLabel('Venue', { exact: true }).selectOption('binance');
      await page.getByRole('button', { name: /^Flash crash on Binance only/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Wrong checksum' }).isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Cancel only' }).isDisabled()).toBe(true);
      await context.close();
    },
    STORY_MS,
  );
});
