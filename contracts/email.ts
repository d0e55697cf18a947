import * as z from 'zod';
import { asciiDomain } from '../domain/kernel/address-domain';

const RULE = 'must be an e-mail address';
const TOO_LONG = 'must have at most 254 characters, 64 of them before the @';
/** What RFC 5322 lets stand unquoted, and letters and figures of every script (RFC 6531). */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Scripts that lend one another letters that look alike, and those that are written together. */
const SCRIPTS = [
  /^\p{Script=Latin}$/u,
  /^\p{Script=Cyrillic}$/u,
  /^\p{Script=Greek}$/u,
  /^\p{Script=Armenian}$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]$/u,
];

/** Letters of one script in each part between dots: `bеa` with a Cyrillic е is somebody else than `bea`. */
function mixesScripts(part: string): boolean {
  const scripts = [...part].filter((each) => /\p{L}/u.test(each)).map((each) => SCRIPTS.findIndex((s) => s.test(each)));
  return new Set(scripts).size > 1;
}

/** The rule that a text breaks as an address; undefined when it may be one. */
function emailFault(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at).normalize('NFC'), text.slice(at + 1).normalize('NFC')];
  if (at < 1 || !LOCAL.test(local)) return RULE;
  const name = asciiDomain(domain);
  if (name === undefined) return RULE;
  // Mail servers count bytes (RFC 5321, 4.5.3.1).
  if (new TextEncoder().encode(local).length > 64 || local.length + name.length > 253) {
    return TOO_LONG;
  }
  if (local.normalize('NFKC') !== local) return 'must be written in ordinary letters';
  if ([...local.split('.'), ...domain.split('.')].some(mixesScripts))
    return 'must not mix letters of several alphabets';
  return undefined;
}

/** An address of any script: `müller@bücher.example`. What cannot be seen, or changes the direction, is none. */
export const email = z
  .string()
  .max(254, { error: TOO_LONG, abort: true })
  .superRefine((text, context) => {
    const fault = emailFault(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
