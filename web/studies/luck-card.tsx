import type { Odds } from '../lib/contract';
import { findingSentence, validationSentences } from '../lib/odds/words';

type LuckCardProps = { readonly validation: NonNullable<Odds['validation']> };

/** Whether the trades that were drawn from can be told from luck: first in a sentence, then with its reasons. */
export const LuckCard = ({ validation }: LuckCardProps) => (
  <section className="card odds-part" aria-label="Edge or luck">
    <h3>Edge or luck</h3>
    <p className="odds-sentence">{findingSentence(validation)}</p>
    <ul className="odds-limits">
      {validationSentences(validation).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  </section>
);
