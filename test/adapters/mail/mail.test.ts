import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { MailUnavailable } from '../../../adapters/mail/mail-errors';
import { compose } from '../../../adapters/mail/messages';
import { addressOf, mimeOf } from '../../../adapters/mail/mime';
import { makeMail, type SmtpSecret } from '../../../adapters/mail/smtp-mail';
import { instant } from '../../../domain/kernel/instant';
import { type MailSink, startMailSink } from '../../../local/simulators/mail/mail-sink';
import type { MailMessage } from '../../../usecases/ports/identity/mail';

const ORIGIN = 'https://desk.example';
const message: MailMessage = { kind: 'verify-email', to: 'ann@example.com', token: 'tok_en-1' };

let sink: MailSink;
beforeAll(async () => {
  sink = await startMailSink({ smtpPort: 0, httpPort: 0 });
});
afterAll(() => sink.stop());

const inbox = async (path: string) => fetch(`http://127.0.0.1:${sink.httpPort}${path}`);

function mailTo(change: Partial<SmtpSecret>) {
  const secret = { host: '127.0.0.1', port: sink.smtpPort, secure: false, from: 'Desk <desk@example.com>', ...change };
  const clock = { now: () => instant(1_764_000_000_000) };
  return makeMail({ secret, publicOrigin: ORIGIN, clock });
}

test('a mail arrives with its link, in plain text and in HTML', async () => {
  expect(await mailTo({}).send(message)).toBe('sent');
  const [got] = await (await inbox('/messages?to=ANN@example.com')).json();
  expect(got).toMatchObject({
    to: ['ann@example.com'],
    from: '"Desk" <desk@example.com>',
    subject: 'Confirm your e-mail address',
    links: [`${ORIGIN}/verify/#token=tok_en-1`],
  });
  expect(got.html).toContain(`<a href="${ORIGIN}/verify/#token=tok_en-1">`);
  expect(await (await inbox('/messages?to=bob@example.com')).json()).toEqual([]);
  expect(await (await inbox('/')).text()).toContain('Welcome to Proving Ground.');
  expect((await inbox('/health')).status).toBe(200);
});

test('it reaches a mailbox whose name goes beyond ASCII', async () => {
  expect(await mailTo({}).send({ ...message, to: 'müller@xn--bcher-kva.example' })).toBe('sent');
  const to = encodeURIComponent('müller@bücher.example');
  expect(await (await inbox(`/messages?to=${to}`)).json()).toHaveLength(1);
});

const MESSAGES: readonly [MailMessage, RegExp][] = [
  [message, /\/verify\/#token=tok_en-1$/m],
  [{ kind: 'already-registered', to: 'a@example.com' }, /https:\/\/desk\.example\/login\/$/m],
  [{ kind: 'reset-password', to: 'a@example.com', token: 't' }, /\/reset-password\/#token=t$/m],
  [{ kind: 'password-changed', to: 'a@example.com' }, /\/reset-password\/$/m],
];

test.each(MESSAGES)('a mail of kind %j leads to its page', (given, link) => {
  expect(compose(given, ORIGIN).text).toMatch(link);
});

/** Goal: a token is in no query, which servers log; and a mail holds no link and no word that a stranger chose. */
test.each(MESSAGES)('%j: no query, and every link is ours', (given) => {
  const { text, html } = compose(given, ORIGIN);
  const links = [...`${text} ${html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => new URL(link));
  expect(links.length).toBeGreaterThan(1);
  expect(links.map(({ origin, search }) => origin + search)).toEqual(links.map(() => ORIGIN));
  const typed = { ...given, displayName: 'http://evil.example', to: 'evil.example/x@example.com' };
  expect(compose(typed, ORIGIN)).toEqual(compose(given, ORIGIN));
});

test('a line break cannot start a header of its own', () => {
  const mail = { from: 'a@example.com', subject: 'S', text: 't', html: 'h', date: new Date(0), id: '1' };
  for (const to of ['b@example.com\r\nBcc: c@example.com', 'b@example.com,c@example.com d', 'b\u202e@example.com']) {
    expect(() => mimeOf({ ...mail, to })).toThrow('header To');
  }
  expect(() => mimeOf({ ...mail, to: 'b@example.com', subject: 'Änn' })).toThrow('header Subject');
  expect(mimeOf({ ...mail, to: 'b@example.com' })).toContain('Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n');
  expect(addressOf('Desk <desk@example.com>')).toBe('desk@example.com');
});

test('lines are short enough for every server', () => {
  const mail = { from: 'a@example.com', to: 'b@example.com', subject: 'S', html: 'h', date: new Date(0), id: '1' };
  const lines = mimeOf({ ...mail, text: 'x'.repeat(5_000) }).split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
});

test('without a server, with a silent one, or without TLS for a password the mail fails in time and may go later', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const attempts: Partial<SmtpSecret>[] = [{ port: 9 }, { port }, { user: 'u', password: 'p' }];
  for (const change of attempts) {
    const began = performance.now();
    await expect(mailTo(change).send(message)).rejects.toThrow(MailUnavailable);
    expect(performance.now() - began).toBeLessThan(5_000);
  }
  silent.close();
});

/** A server that answers one command as it is told and everything else with yes. */
async function serverThatSays(command: string, answer: string) {
  const server = createServer((socket) => {
    socket.write('220 ready\r\n');
    socket.on('data', (bytes) => {
      const said = bytes.toString();
      if (said.startsWith(command)) socket.write(`${answer}\r\n`);
      else socket.write(said.startsWith('DATA') ? '354 go on\r\n' : '250 yes\r\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

test.each<[string, string, string]>([
  ['RCPT TO', '550 5.1.1 <ann@example.com>: no such mailbox', 'refused'],
  ['RCPT TO', '450 4.2.0 <ann@example.com>: greylisted', 'Error: the mail server: EENVELOPE 450 to RCPT TO'],
  ['MAIL FROM', '421 too busy for ann@example.com', 'MailUnavailable: the mail server: EENVELOPE 421 to MAIL FROM'],
])('%s answered by %s: %s, and never the address', async (command, answer, outcome) => {
  const server = await serverThatSays(command, answer);
  const said = await mailTo({ port: server.port })
    .send(message)
    .catch((error: Error) => inspect(error, { depth: 9, showHidden: true }).split('\n')[0]);
  expect(said).toBe(outcome);
  server.close();
});
