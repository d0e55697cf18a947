/** A mail as it travels: headers and two readings of one text. */
export type MimeMail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: Date;
  /** Unguessable; makes the message id and the boundary. */
  readonly id: string;
};

const CRLF = '\r\n';
const BASE64_LINE = /.{1,76}/g;

/**
 * RFC 5322 headers around RFC 2046 multipart/alternative, both parts in base64. Header values come from the secret, the
 * contract's address pattern and constants; a line break in one would start a header of its own, so it throws. Letters
 * beyond ASCII are for the addressee's own name alone (RFC 6532).
 */
export function mimeOf({ from, to, subject, text, html, date, id }: MimeMail): string {
  const boundary = `=_${id}`;
  const headers = [
    ['From', from],
    ['To', to],
    ['Subject', subject],
    ['Date', date.toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${id}@${domainOf(from)}>`],
    ['MIME-Version', '1.0'],
    ['Auto-Submitted', 'auto-generated'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ] as const;
  const head = headers.map(([name, value]) => `${name}: ${printable(name, value)}`).join(CRLF);
  const parts = [part('text/plain', text), part('text/html', html)].map((each) => `--${boundary}${CRLF}${each}`);
  return [head, '', ...parts, `--${boundary}--`, ''].join(CRLF);
}

function part(type: string, content: string): string {
  const lines = Buffer.from(content, 'utf8').toString('base64').match(BASE64_LINE) ?? [];
  return [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', ...lines].join(CRLF);
}

/** The bare address in `Name <address>`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();

const domainOf = (mailbox: string): string => addressOf(mailbox).split('@').at(-1) as string;

function printable(name: string, value: string): string {
  const isFit = name === 'To' ? /^[\x21-\x7e\p{L}\p{M}\p{N}]+$/u : /^[\x20-\x7e]+$/;
  if (!isFit.test(value)) throw new Error(`the mail header ${name} must be printable`);
  return value;
}
