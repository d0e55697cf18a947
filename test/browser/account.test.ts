import type { Browser } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { platform } from '../fixtures/platform/platform';
import { PASSWORD, Trader } from '../fixtures/platform/trader';
import { contextFor, launch, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const NEW_PASSWORD = 'another good password';

/** Goal: an account belongs to whoever has mailbox and password, and its owner sees and ends what others opened. */
describe('one’s own account', () => {
  const facts = platform();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test(
    'register, verify with the password, see the sessions, end one, change the password',
    async () => {
      const email = `v-${uuidv7()}@example.com`;
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      const { page } = visitor;
      const requested: string[] = [];
      page.on('request', (request) => requested.push(request.url()));

      await visitor.open('/register/');
      await page.getByLabel('Name').fill('Vera Visitor');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill('veravisitor-2024');
      await page.getByText('Must not be built from your address, your name or the name of this site').waitFor();
      await screenshot(page, 'register-weak-password');
      await visitor.register(email);

      const path = await visitor.mailedPath(email);
      await visitor.open(path);
      await page.getByLabel('Password').fill('not the password');
      await visitor.button('Confirm address').click();
      await page.getByText('Must be the one of this registration').waitFor();
      await screenshot(page, 'verify-wrong-password');
      await visitor.verify(email);
      expect(page.url()).not.toContain('token');
      await visitor.signIn(email, '/account/');
      await page.getByText('This session').waitFor();

      const elsewhere = new Visitor(await (await contextFor(browser, 'phone', 'dark')).newPage(), facts);
      await elsewhere.signIn(email, '/assessments/');
      const third = new Visitor(await (await contextFor(browser, 'desktop', 'dark')).newPage(), facts);
      await third.signIn(email, '/account/');
      await page.reload();
      const sessions = page.getByRole('region', { name: 'Where you are signed in' });
      await sessions.getByRole('button', { name: /^End/ }).nth(1).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'account-sessions');
      await screenshot(third.page, 'account-dark');
      await sessions.getByRole('button', { name: /^End/ }).first().click();
      await sessions.getByRole('button', { name: /^End/ }).nth(1).waitFor({ state: 'detached' });

      await page.getByLabel('Present password').fill(PASSWORD);
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await page.getByText('Hard to guess').waitFor();
      await visitor.button('Change password').click();
      await page.getByText('Password changed').waitFor();
      await sessions.getByRole('button', { name: /^End/ }).waitFor({ state: 'detached' });
      await screenshot(page, 'account-password-changed');
      await elsewhere.page.reload();
      await elsewhere.page.waitForURL('**/login/**');
      await elsewhere.signIn(email, '/account/', NEW_PASSWORD);
      await elsewhere.page.getByText('This session').waitFor();
      await screenshot(elsewhere.page, 'account-phone');
      expect(requested.filter((url) => url.includes(path.slice(-43)))).toEqual([]);
    },
    STORY_MS,
  );

  test(
    'the owner of a mailbox takes the address from whoever typed it first',
    async () => {
      const email = `s-${uuidv7()}@example.com`;
      const squatter = new Trader(facts);
      await squatter.call('POST', '/auth/register', { email, password: 'the squatter’s own', displayName: 'Sid' });
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      const { page } = visitor;
      await visitor.open(await visitor.mailedPath(email));
      await visitor.button('Choose name and password now').click();
      await page.getByLabel('Name').fill('Vera Visitor');
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await screenshot(page, 'verify-new-password');
      await visitor.button('Confirm address').click();
      await page.getByText('Your account is ready').waitFor();
      await visitor.signIn(email, '/account/', NEW_PASSWORD);
      await page.getByRole('region', { name: 'Profile' }).getByText('Vera Visitor').waitFor();
    },
    STORY_MS,
  );
});
