'use client';

import type { OddsDraft } from '../../lib/odds/ask';
import { Fault } from '../../parts/field';
import { StrategyFields } from '../../studies/strategy-fields';
import { FileField } from './file-field';

type TradesFieldsProps = {
  readonly draft: OddsDraft;
  /** What is wrong with a field. */
  readonly at: (field: string) => string | undefined;
  readonly onChange: (part: Partial<OddsDraft>) => void;
};

const SOURCES = [
  { source: 'own', text: 'My trades' },
  { source: 'file', text: 'A file' },
  { source: 'odds', text: 'Typed in' },
] as const;

/** Where the trades come from that paths are drawn from. */
export function TradesFields({ draft, at, onChange }: TradesFieldsProps) {
  const { source } = draft;
  return (
    <fieldset className="odds-trades">
      <legend>Where trades come from</legend>
      <div className="segments">
        {SOURCES.map((each) => (
          <button
            key={each.source}
            type="button"
            aria-pressed={source === each.source}
            onClick={() => onChange({ source: each.source })}
          >
            {each.text}
          </button>
        ))}
      </div>
      {source === 'own' && <p className="fine">{ownText(draft)}</p>}
      {source === 'file' && (
        <FileField file={draft.file} fault={at('trades.csv')} onTake={(file) => onChange({ file })} />
      )}
      {source === 'odds' && (
        <StrategyFields
          draft={draft.strategy}
          at={(field) => at(`trades.strategy${field === '' ? '' : `.${field}`}`)}
          onChange={(part) => onChange({ strategy: { ...draft.strategy, ...part } })}
        />
      )}
      <Rest at={at} source={source} />
    </fieldset>
  );
}

const ownText = ({ subject }: OddsDraft): string =>
  subject?.kind === 'tier'
    ? 'The closed trades of all your assessments, in proportion to the balance of this tier; ten at least.'
    : 'The closed trades of this assessment, ten at least.';

/** What is said of the trades as a whole, and of none of the fields above. */
function Rest({ at, source }: Pick<TradesFieldsProps, 'at'> & { readonly source: OddsDraft['source'] }) {
  const whole = at('trades');
  const isSaidAbove = whole === (source === 'file' ? at('trades.csv') : source === 'odds' && at('trades.strategy'));
  return <Fault rule={isSaidAbove ? undefined : whole} />;
}
