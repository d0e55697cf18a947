'use client';

import { type DragEvent, useId, useState } from 'react';
import { FILE_MAX_TEXT, fileFault, type TradeFile } from '../../lib/odds/ask';

type FileFieldProps = {
  readonly file: TradeFile | undefined;
  /** What the platform, or the form, says of it: line and column of the first that is wrong. */
  readonly fault: string | undefined;
  readonly onTake: (file: TradeFile | undefined) => void;
};

const FORMATS =
  'With the columns closed_at and result_usd, or an export of MetaTrader or TradingView as it is. ' +
  `At most ${FILE_MAX_TEXT}.`;

/** A CSV of closed trades: chosen, or dropped here. Too large a file is not even read. */
export function FileField({ file, fault, onTake }: FileFieldProps) {
  const [own, setOwn] = useState<string>();
  const [isOver, setOver] = useState(false);
  const id = useId();
  const take = async (given: File | undefined) => {
    if (!given) return;
    const wrong = fileFault(given);
    setOwn(wrong);
    if (wrong !== undefined) return onTake(undefined);
    try {
      onTake({ name: given.name, text: await given.text() });
    } catch {
      setOwn(`${given.name} could not be read; choose it again`);
      onTake(undefined);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const said = own ?? fault;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here; the field inside does all of it.
    <div
      className={`field odds-file${said === undefined ? '' : ' field-faulty'}${isOver ? ' odds-file-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>File of closed trades (CSV), chosen or dropped here</label>
      <input
        id={id}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        aria-invalid={said !== undefined}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => void take(target.files?.[0])}
      />
      <p id={`${id}-note`} className="field-note" role="status">
        {said ?? (file ? `${file.name} is taken` : FORMATS)}
      </p>
    </div>
  );
}
