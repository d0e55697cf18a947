import type { PasswordContext } from '../../contracts/passwords/strength';

export type PasswordHint = { readonly tone: 'waiting' | 'faulty' | 'good'; readonly text: string };

type FaultOf = (password: string, context?: PasswordContext) => string | undefined;

const CHARACTERS_MIN = 12;

/** What stands under a new password while it is typed, in the words with which the platform would refuse it. */
export function passwordHint(password: string, context: PasswordContext, faultOf: FaultOf | undefined): PasswordHint {
  const missing = CHARACTERS_MIN - [...password.normalize('NFC')].length;
  if (password === '' || !faultOf) return { tone: 'waiting', text: 'At least 12 characters; a few words are best' };
  if (missing > 0) return { tone: 'waiting', text: `${missing} more ${missing === 1 ? 'character' : 'characters'}` };
  const fault = faultOf(password, context);
  if (fault === undefined) return { tone: 'good', text: 'Hard to guess' };
  return { tone: 'faulty', text: `${fault.charAt(0).toUpperCase()}${fault.slice(1)}` };
}
