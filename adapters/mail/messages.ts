import type { MailMessage } from '../../usecases/ports/identity/mail';

type Composed = { readonly subject: string; readonly text: string; readonly html: string };

type Content = {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly link: { readonly label: string; readonly path: string };
  readonly closing: string;
};

/**
 * Every word is ours. A token stands behind the `#` of its link: browsers keep that part to themselves, so it is in no
 * log of a server and in no Referer.
 */
const CONTENTS: { readonly [K in MailMessage['kind']]: (message: Extract<MailMessage, { kind: K }>) => Content } = {
  'verify-email': ({ token }) => ({
    subject: 'Confirm your e-mail address',
    lines: [
      'Welcome to Proving Ground.',
      'Please confirm that this address is yours, with the password that you chose. The link is good for 24 hours.',
    ],
    link: { label: 'Confirm my address', path: `/verify/#token=${token}` },
    closing: 'If you did not register, ignore this mail: without the confirmation nothing happens.',
  }),
  'already-registered': () => ({
    subject: 'You already have an account',
    lines: [
      'Somebody tried to register with this address, which has an account here.',
      'If it was you, sign in instead.',
    ],
    link: { label: 'Sign in', path: '/login/' },
    closing: 'If it was not you, there is nothing to do. A forgotten password can be reset on the sign-in page.',
  }),
  'reset-password': ({ token }) => ({
    subject: 'Set a new password',
    lines: [
      'You asked to set a new password. The link is good for 30 minutes and once.',
      'Setting it signs you out everywhere.',
    ],
    link: { label: 'Set a new password', path: `/reset-password/#token=${token}` },
    closing: 'If you did not ask for it, ignore this mail: your password stays as it is.',
  }),
  'password-changed': () => ({
    subject: 'Your password was changed',
    lines: [
      'The password of your account has just been changed, and every other session was signed out.',
      'If it was you, there is nothing to do.',
    ],
    link: { label: 'Set a new password', path: '/reset-password/' },
    closing: 'If it was not you, set a new password now: that signs out whoever did it.',
  }),
};

/** The words of a mail as plain text and as simple HTML; links lead to the public origin and nowhere else. */
export function compose(message: MailMessage, publicOrigin: string): Composed {
  const content = (CONTENTS[message.kind] as (given: MailMessage) => Content)(message);
  const { subject, lines, link, closing } = content;
  const url = new URL(link.path, publicOrigin).href;
  const paragraph = (text: string) => `<p>${escaped(text)}</p>`;
  return {
    subject,
    text: ['Hello,', ...lines, `${link.label}: ${url}`, closing, 'Proving Ground'].join('\n\n'),
    html: [
      '<!doctype html><html lang="en"><head><meta charset="utf-8"></head>',
      '<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 2em auto; padding: 0 1em">',
      ...['Hello,', ...lines].map(paragraph),
      `<p><a href="${escaped(url)}">${escaped(link.label)}</a></p>`,
      `<p style="word-break: break-all">${escaped(url)}</p>`,
      paragraph(closing),
      '<p>Proving Ground</p></body></html>',
    ].join('\n'),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
