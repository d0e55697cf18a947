import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { inboxPage } from './inbox-page';
import type { ReceivedMail } from './received-mail';

export type MailSink = {
  readonly smtpPort: number;
  readonly httpPort: number;
  readonly stop: () => Promise<void>;
};

const MAILS_KEPT = 500;
const MAIL_BYTES_MAX = 1024 * 1024;

/** Takes every mail and delivers none: an SMTP server whose inbox is a page, and JSON under `/messages?to=`. */
export async function startMailSink(ports: {
  readonly smtpPort: number;
  readonly httpPort: number;
}): Promise<MailSink> {
  const inbox: ReceivedMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAIL_BYTES_MAX,
    onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
    onData: (stream, session, done) => {
      simpleParser(stream)
        .then((mail) => {
          const text = mail.text ?? '';
          inbox.unshift({
            id: (inbox[0]?.id ?? 0) + 1,
            from: mail.from?.text ?? '',
            to: session.envelope.rcptTo.map(({ address }) => address),
            subject: mail.subject ?? '',
            text,
            html: mail.html || '',
            links: text.match(/https?:\/\/\S+/g) ?? [],
            receivedAt: new Date().toISOString(),
          });
          inbox.splice(MAILS_KEPT);
          done();
        })
        .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
    },
  });
  // A client that goes away in the middle of a mail is its own trouble.
  smtp.on('error', () => undefined);
  const pages = createServer((request, response) => {
    const { status, type, body } = answer(inbox, new URL(request.url ?? '/', 'http://inbox.local'));
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
  await Promise.all([listening(smtp.server, ports.smtpPort), listening(pages, ports.httpPort)]);
  return {
    smtpPort: (smtp.server.address() as AddressInfo).port,
    httpPort: (pages.address() as AddressInfo).port,
    stop: async () => {
      pages.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => pages.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

function answer(inbox: readonly ReceivedMail[], url: URL) {
  const json = (status: number, value: unknown) => ({ status, type: 'application/json', body: JSON.stringify(value) });
  const to = url.searchParams.get('to')?.toLowerCase();
  const shown = to ? inbox.filter((mail) => mail.to.some((each) => each.toLowerCase() === to)) : inbox;
  if (url.pathname === '/health') return json(200, { status: 'ok' });
  if (url.pathname === '/messages') return json(200, shown);
  if (url.pathname !== '/') return json(404, { error: 'the inbox is at / and /messages' });
  return { status: 200, type: 'text/html; charset=utf-8', body: inboxPage(shown, to) };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
