/** The mail server is away, or takes nothing at the moment: the same mail may go out later. */
export class MailUnavailable extends Error {
  override readonly name = 'MailUnavailable';
}

type SmtpError = { readonly code?: unknown; readonly responseCode?: unknown; readonly command?: unknown };

/**
 * What a failed delivery means. Whatever the server said is left out, because servers repeat the address: its code and
 * the command it answered say enough.
 */
export function failureOf(error: unknown): 'refused' | Error {
  const { code, responseCode, command }: SmtpError = typeof error === 'object' && error !== null ? error : {};
  const said = typeof responseCode === 'number' ? responseCode : 0;
  const words = `the mail server: ${String(code ?? 'failed')} ${said || 'without an answer'} to ${String(command ?? 'it')}`;
  if (command === 'RCPT TO') return said >= 500 ? 'refused' : new Error(words);
  // A mail as such that is refused for good is a fault of ours or of the settings: somebody has to look.
  if (command === 'DATA' && said >= 500) return new Error(words);
  return new MailUnavailable(words);
}
