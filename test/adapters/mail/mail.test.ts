import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { compose } from '../../../adapters/mail/messages';
import { addressOf, mimeOf } from '../../../adapters/mail/mime';
import { makeMail, type SmtpSecret } from '../../../adapters/mail/smtp-mail';
import { instant } from '../../../domain/kernel/instant';
import { type MailSink, startMailSink } from '../../../local/simulators/mail/mail-sink';
import type { MailMessage } from '../../../usecases/ports/mail';

const ORIGIN = 'https://desk.example';
const message: MailMessage = {
  kind: 'verify-email',
  to: 'ann@example.com',
  displayName: 'Änn <b>&',
  token: 'tok_en-1',
};

let sink: MailSink;
beforeAll(async () => {
  sink = await startMailSink({ smtpPort: 0, httpPort: 0 });
});
afterAll(() => sink.stop());

const inbox = async (path: string) => fetch(`http://127.0.0.1:${sink.httpPort}${path}`);

function mailTo(change: Partial<SmtpSecret>) {
  const failures: unknown[] = [];
  const secret = { host: '127.0.0.1', port: sink.smtpPort, secure: false, from: 'Desk <desk@example.com>', ...change };
  const clock = { now: () => instant(1_764_000_000_000) };
  const mail = makeMail({ secret, publicOrigin: ORIGIN, clock, onFailure: (error) => failures.push(error) });
  return { mail, failures };
}

test('a mail arrives with its link, in plain text and in HTML that shows names as text', async () => {
  expect(await mailTo({}).mail.send(message)).toBe('sent');
  const [got] = await (await inbox('/messages?to=ANN@example.com')).json();
  expect(got).toMatchObject({
    to: ['ann@example.com'],
    from: '"Desk" <desk@example.com>',
    subject: 'Confirm your e-mail address',
    links: [`${ORIGIN}/verify/?token=tok_en-1`],
  });
  expect(got.text).toContain('Hello Änn <b>&,');
  expect(got.html).toContain('Hello Änn &lt;b&gt;&amp;,');
  expect(await (await inbox('/messages?to=bob@example.com')).json()).toEqual([]);
  expect(await (await inbox('/')).text()).toContain('Hello Änn &lt;b&gt;&amp;,');
  expect((await inbox('/health')).status).toBe(200);
});

test.each<[MailMessage, RegExp]>([
  [{ kind: 'already-registered', to: 'a@example.com', displayName: 'Ann' }, /https:\/\/desk\.example\/login\/$/m],
  [{ kind: 'reset-password', to: 'a@example.com', displayName: 'Ann', token: 't' }, /\/reset-password\/\?token=t$/m],
])('a mail of kind %j leads to its page', (given, link) => {
  expect(compose(given, ORIGIN).text).toMatch(link);
});

test('a line break cannot start a header of its own', () => {
  const mail = { from: 'a@example.com', subject: 'S', text: 't', html: 'h', date: new Date(0), id: '1' };
  expect(() => mimeOf({ ...mail, to: 'b@example.com\r\nBcc: c@example.com' })).toThrow('header To');
  expect(mimeOf({ ...mail, to: 'b@example.com' })).toContain('Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n');
  expect(addressOf('Desk <desk@example.com>')).toBe('desk@example.com');
});

test('lines are short enough for every server', () => {
  const mail = { from: 'a@example.com', to: 'b@example.com', subject: 'S', html: 'h', date: new Date(0), id: '1' };
  const lines = mimeOf({ ...mail, text: 'x'.repeat(5_000) }).split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
});

test('without a server, with a silent one, or without TLS for a password the mail fails in time and is reported', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const attempts: Partial<SmtpSecret>[] = [{ port: 9 }, { port }, { user: 'u', password: 'p' }];
  for (const change of attempts) {
    const { mail, failures } = mailTo(change);
    const began = performance.now();
    expect([change, await mail.send(message), failures.length]).toEqual([change, 'failed', 1]);
    expect(performance.now() - began).toBeLessThan(5_000);
  }
  silent.close();
});
