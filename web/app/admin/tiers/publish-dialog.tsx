import { useId } from 'react';
import type { Tier } from '../../../lib/contract';
import { roundDollarsText } from '../../../lib/display';
import { Modal } from '../../../parts/modal';

type PublishDialogProps = {
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly name: string;
  /** A decimal, once it may be asked about. */
  readonly price: string;
  /** What is sold by the same short name now. */
  readonly replaced: Tier | undefined;
  readonly onPublish: () => void;
  readonly onDismiss: () => void;
};

/** Asks before anybody can buy it, and says what becomes of what was bought. */
export function PublishDialog({ isOpen, isBusy, name, price, replaced, onPublish, onDismiss }: PublishDialogProps) {
  const titleId = useId();
  return (
    <Modal isOpen={isOpen} titledBy={titleId} onCancel={onDismiss}>
      <h2 id={titleId}>{replaced ? `Change ${replaced.name}?` : `Put ${name} on sale?`}</h2>
      <p>
        From now on it is sold for {isOpen && roundDollarsText(price)}.
        {replaced &&
          ` Changed rules become version ${replaced.ruleSetVersion + 1}; a new name or price alone keeps version ${replaced.ruleSetVersion}.`}
      </p>
      <p>
        <strong>Nothing happens to accounts sold before.</strong> Their rules were pinned on the day of the purchase,
        and so were their retries and the price of a reset.
      </p>
      <p className="row-actions">
        <button type="button" className="button" onClick={onDismiss}>
          Not yet
        </button>
        <button type="button" className="button button-main" aria-disabled={isBusy} onClick={onPublish}>
          {isBusy ? 'One moment…' : 'Publish'}
        </button>
      </p>
    </Modal>
  );
}
