import type { Locator, Page } from 'playwright-core';
import type { PlatformFacts } from '../../local/facts';
import { eventually, PASSWORD } from '../fixtures/platform/trader';

/** Somebody in front of the browser, who sees labels and buttons only. */
export class Visitor {
  constructor(
    readonly page: Page,
    private readonly facts: PlatformFacts,
  ) {}

  open = (path: string) => this.page.goto(`${this.facts.origin}${path}`);
  button = (name: string | RegExp): Locator => this.page.getByRole('button', { name });
  link = (name: string | RegExp): Locator => this.page.getByRole('link', { name });
  panel = (name: string): Locator => this.page.getByRole('region', { name, exact: true });

  async register(email: string): Promise<void> {
    await this.open('/register/');
    await this.page.getByLabel('Name').fill('Vera Visitor');
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.getByText('Hard to guess').waitFor();
    await this.button('Create account').click();
    await this.page.getByText(`We have written to ${email}`).waitFor();
  }

  /** The path of the newest mail's link. */
  mailedPath = (email: string): Promise<string> =>
    eventually('a mail with a link', async () => {
      const response = await fetch(`${this.facts.inbox}/messages?to=${encodeURIComponent(email)}`);
      return /\/(?:verify|reset-password)\/#token=[A-Za-z0-9_-]{43}/.exec(await response.text())?.[0];
    });

  /** Opens the link of the newest mail, on the platform's own origin, and enters the password there. */
  async verify(email: string, password = PASSWORD): Promise<void> {
    await this.open(await this.mailedPath(email));
    await this.page.getByLabel('Password').fill(password);
    await this.button('Confirm address').click();
    await this.page.getByText('Your account is ready').waitFor();
  }

  async signIn(email: string, next = '/tiers/', password = PASSWORD): Promise<void> {
    await this.open(`/login/?next=${encodeURIComponent(next)}`);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL(`**${next}`);
  }

  /** Buys a tier on the payment provider's page and follows the way back to the desk. */
  async buy(tierName: string): Promise<void> {
    await this.button(new RegExp(`^Buy ${tierName}`)).click();
    await this.page.locator('input[name="card"]').fill('4242424242424242');
    await this.page.locator('input[name="expiry"]').fill('12/34');
    await this.page.locator('input[name="cvc"]').fill('123');
    await this.page.locator('input[name="name"]').fill('Vera Visitor');
    await this.page.locator('form button[type="submit"]').first().click();
    await this.page.waitForURL('**/checkout/complete/**');
    await this.link('Open the trading desk').click({ timeout: 30_000 });
    await this.page.waitForURL('**/desk/**');
    await this.page.getByText('Live', { exact: true }).waitFor();
  }

  async select(market: string | RegExp): Promise<void> {
    await this.panel('Markets').getByRole('button', { name: market }).click();
  }

  /** Fills in the ticket for what is selected. */
  async write(side: 'Buy' | 'Sell', type: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const ticket = this.panel('Order ticket');
    await ticket.getByRole('radio', { name: new RegExp(`^${side}`) }).check();
    await ticket.getByLabel('Type', { exact: true }).selectOption(type);
    for (const [field, text] of Object.entries(fields)) await ticket.getByLabel(field, { exact: true }).fill(text);
  }

  /** Presses the ticket's button. */
  async submit(side: 'Buy' | 'Sell'): Promise<void> {
    await this.panel('Order ticket')
      .getByRole('button', { name: new RegExp(`^${side}`) })
      .click();
  }

  /** Trades at the market and waits for the answer of the platform. */
  async trade(side: 'Buy' | 'Sell', qty: string): Promise<void> {
    await this.write(side, 'Market', { Quantity: qty });
    await this.submit(side);
    const said = new RegExp(`^${side === 'Buy' ? 'Bought' : 'Sold'} ${qty.replace('.', '\\.')} `);
    await this.panel('Order ticket').getByText(said).waitFor();
  }

  /** The id that the desk's address names. */
  get assessmentId(): string {
    return new URL(this.page.url()).searchParams.get('assessment') ?? '';
  }
}
