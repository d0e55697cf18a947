import { escaped } from '../html-text';
import type { ReceivedMail } from './received-mail';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
  header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
  article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 8px;
    padding: 1rem 1.25rem; margin: 1rem 0; }
  h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; margin: 0 0 .75rem; font-size: .875rem; }
  dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0; }
  a { overflow-wrap: anywhere; }`;

/** Every mail, newest first, with its links to click. */
export function inboxPage(mails: readonly ReceivedMail[], to: string | undefined): string {
  const title = to ? `Mail to ${to}` : 'All mail';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Inbox</title><style>${STYLE}</style></head>
<body><header><h1>${escaped(title)}</h1><p><a href="">Reload</a>${to ? ' · <a href="/">All mail</a>' : ''}</p></header>
<main>${mails.length === 0 ? '<p>Nothing has arrived yet.</p>' : mails.map(article).join('\n')}</main></body></html>`;
}

const article = ({ subject, from, to, receivedAt, text }: ReceivedMail): string => `<article>
<h2>${escaped(subject)}</h2>
<dl><dt>From</dt><dd>${escaped(from)}</dd>
<dt>To</dt><dd>${to.map((each) => `<a href="/?to=${encodeURIComponent(each)}">${escaped(each)}</a>`).join(', ')}</dd>
<dt>At</dt><dd><time datetime="${receivedAt}">${receivedAt}</time></dd></dl>
<pre>${withLinks(text)}</pre></article>`;

const withLinks = (text: string): string =>
  text
    .split(/(https?:\/\/\S+)/)
    .map((piece, index) => (index % 2 === 1 ? `<a href="${escaped(piece)}">${escaped(piece)}</a>` : escaped(piece)))
    .join('');
