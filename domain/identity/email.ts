import { asciiDomain } from '../kernel/address-domain';

/** The part before the last @ and the part after it. */
function partsOf(email: string): readonly [string, string] {
  const at = email.lastIndexOf('@');
  return [email.slice(0, at).normalize('NFC'), email.slice(at + 1)];
}

/**
 * One account an address, however it is written: upper and lower case are the same, and so are a domain and its form in
 * ASCII. Mail providers know an upper-case letter from a small one in theory only.
 */
export function emailKeyOf(email: string): string {
  const [local, domain] = partsOf(email);
  return `${local.toLowerCase()}@${asciiDomain(domain) ?? domain.toLowerCase()}`;
}

/** The address as a mail server takes it: the domain in ASCII, the rest as its owner writes it. */
export function mailboxOf(email: string): string {
  const [local, domain] = partsOf(email);
  return `${local}@${asciiDomain(domain) ?? domain}`;
}

/** Whether only a mail server with SMTPUTF8 (RFC 6531) can write to it. */
export const needsUtf8 = (email: string): boolean => !/^[\x21-\x7e]+$/.test(partsOf(email)[0]);
