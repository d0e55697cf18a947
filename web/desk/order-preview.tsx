import type { ReactNode } from 'react';
import type { Instrument, Preview } from '../lib/contract';
import { dollarsText, priceText, qtyText, roundDollars } from '../lib/display';
import { outlooksOf } from '../lib/outlook';
import { readQty } from '../lib/read-decimal';
import { RULE_NAMES, severityOf } from '../lib/rules';
import { gaugeOf } from '../lib/standing';
import { Refused } from './order-outcome';
import { OutlookList } from './outlook-list';
import type { Previewed } from './use-preview';

type OrderPreviewProps = {
  readonly previewed: Previewed;
  readonly instrument: Instrument;
  readonly shownAtField: readonly string[];
  /** What is being written. */
  readonly what?: 'order' | 'change';
};

/** What the order would do now, and what room it would leave. Its place is kept, so that typing moves nothing. */
export function OrderPreview({ previewed, instrument, shownAtField, what = 'order' }: OrderPreviewProps) {
  return (
    <div className="preview" aria-busy={previewed.kind === 'asking'}>
      {previewed.kind === 'none' && <p className="fine">What the {what} would do appears here.</p>}
      {previewed.kind === 'asking' && <p className="fine">Asking what it would do…</p>}
      {previewed.kind === 'refused' && <Refused problem={previewed.problem} shownAtField={shownAtField} />}
      {previewed.kind === 'shown' && (
        <div className={previewed.isOld ? 'preview-old' : undefined}>
          <Figures preview={previewed.preview} instrument={instrument} />
          <OutlookList outlooks={outlooksOf(previewed.preview, instrument.priceTick)} />
        </div>
      )}
      {/* Announced once when it appears, not with every price. */}
      <div role="alert">
        {previewed.kind === 'shown' && !previewed.isOld && previewed.preview.breach && (
          <p className="preview-breach">
            At these prices the {what} breaks a rule at once: {RULE_NAMES[previewed.preview.breach].toLowerCase()}.
          </p>
        )}
      </div>
    </div>
  );
}

function Figures({ preview, instrument }: { readonly preview: Preview; readonly instrument: Instrument }) {
  const { fill, restingQty, marginUsedUsd, marginMaxUsd, leverageMax } = preview;
  return (
    <dl>
      <Figure name="Fills now">
        {fill ? `${qtyText(fill.qty)} at ${priceText(fill.price, instrument.priceTick)}` : 'Nothing'}
        {fill && fill.levels.length > 1 && <span className="muted"> over {fill.levels.length} levels</span>}
      </Figure>
      {readQty(restingQty) > 0n && <Figure name="Rests">{qtyText(restingQty)}</Figure>}
      {leverageMax !== null && (
        <Figure name={`Margin, at ${leverageMax} : 1`}>
          {dollarsText(marginUsedUsd)} <span className="muted">of {dollarsText(marginMaxUsd)}</span>
        </Figure>
      )}
      <Figure name="Equity after">{dollarsText(preview.equityUsd)}</Figure>
      {preview.rooms.map(gaugeOf).map(({ rule, limitUsd, leftUsd }) => (
        <Figure key={rule} name={RULE_NAMES[rule]}>
          <span className={`room-${severityOf(limitUsd - leftUsd, limitUsd)}`}>
            {roundDollars(leftUsd)} <span className="muted">left</span>
          </span>
        </Figure>
      ))}
    </dl>
  );
}

const Figure = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
