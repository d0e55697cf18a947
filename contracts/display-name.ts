import * as z from 'zod';

/**
 * Zero-width joiners that belong to a word: between letters of scripts that use them (Persian, Sinhala and their
 * neighbours), and inside an emoji. Anywhere else they only make two names look alike.
 */
const JOINER =
  /(?<=(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}])(?:\u200c|\u200d)(?=[\p{L}\p{M}])|(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu;

/** Controls, format characters (bidi overrides, soft hyphens, what has no width), halves of pairs, line separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
/** Letters by their class that show nothing. */
const BLANK = /[\u115f\u1160\u3164\uffa0\u2800]/gu;

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** `https://…`, `www.…` and `evil.example/x` would be links wherever a program turns addresses into them. */
const ADDRESS =
  /:\/\/|www\.|[\p{L}\p{N}-]{2,}\.[\p{L}]{2,}\/|[\p{L}\p{N}-]{2,}\.(?:com|net|org|io|app|dev|xyz|example)\b/iu;

/** A name as its owner writes it. It is data wherever it is shown: never markup, never a link. */
export const displayName = z
  .string()
  .trim()
  .max(80, 'must have at most 80 characters')
  .refine((text) => !INVISIBLE.test(text.replace(JOINER, '')), 'must not hold control characters')
  .refine((text) => VISIBLE.test(text.replace(BLANK, '')), 'must not be empty')
  .refine((text) => !ADDRESS.test(text), 'must not look like the address of a page');
