import { unlinked } from '../unlinked';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names come from outside: nothing of them may become markup or a link. */
export const escaped = (text: string): string =>
  unlinked(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
