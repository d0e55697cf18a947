/**
 * The domain of an address as the network knows it, in small ASCII letters: `Bücher.example` → `xn--bcher-kva.example`
 * (UTS 46, as browsers do it). Undefined for what is no name of a host: an IP address, a single word, foreign marks.
 */
export function asciiDomain(domain: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !URL.canParse(`http://${domain}/`)) return undefined;
  const { hostname } = new URL(`http://${domain}/`);
  return /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.[a-z][a-z0-9-]{0,62}$/.test(hostname) ? hostname : undefined;
}
