import type { Template } from '../../../lib/contract';
import { countText } from '../../../lib/display';
import { shapeText } from '../../../lib/programs';
import { ScrollTable } from '../../../parts/scroll-table';

type TemplateListProps = {
  readonly templates: readonly Template[];
  readonly onStart: (template: Template) => void;
};

/** What well-known firms publish, each to start a tier from, and what of it cannot be said here. */
export const TemplateList = ({ templates, onStart }: TemplateListProps) => (
  <section className="templates" aria-label="What firms publish">
    <header className="page-head">
      <h2>What firms publish</h2>
      <p className="muted">
        Shapes to start from, read on the day named, and no advice about any firm. A price is yours to set.
      </p>
    </header>
    {templates.map((template) => (
      <TemplateCard key={template.slug} template={template} onStart={onStart} />
    ))}
  </section>
);

type TemplateCardProps = { readonly template: Template; readonly onStart: (template: Template) => void };

function TemplateCard({ template, onStart }: TemplateCardProps) {
  const { firm, name, readOn, sources, rules } = template;
  const lacking = rules.filter(({ missing }) => missing !== null);
  return (
    <article className="card template" aria-label={name}>
      <header className="panel-head">
        <div>
          <h3>{name}</h3>
          <p className="muted">
            {firm}. {shapeText(template)}.
          </p>
        </div>
        <button type="button" className="button" onClick={() => onStart(template)}>
          Start from this<span className="hidden"> {name}</span>
        </button>
      </header>
      <h4>
        {lacking.length === 0
          ? 'Every rule can be said'
          : `What cannot be said, and why (${lacking.length} of ${countText(rules.length, 'rule')})`}
      </h4>
      <dl className="rules">
        {lacking.map(({ rule, missing }) => (
          <div key={rule}>
            <dt>{rule}</dt>
            <dd>{missing}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>
          Every rule as published<span className="hidden"> by {name}</span>
        </summary>
        <ScrollTable
          label={`Rules of ${name}`}
          columns={[
            { name: 'Rule', kind: 'words' },
            { name: 'As published', kind: 'words' },
            { name: 'Said by', kind: 'words' },
          ]}
        >
          {rules.map(({ rule, published, said }) => (
            <tr key={rule}>
              <th scope="row" className="words">
                {rule}
              </th>
              <td className="words">{published}</td>
              <td className="words template-said">{said.length === 0 ? '—' : said.join(', ')}</td>
            </tr>
          ))}
        </ScrollTable>
        <p className="fine">
          Read on {readOn} at {sources.join(', ')}.
        </p>
      </details>
    </article>
  );
}
