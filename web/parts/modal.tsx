'use client';

import { type ReactNode, useEffect, useRef } from 'react';

type ModalProps = {
  readonly isOpen: boolean;
  /** The id of its heading. */
  readonly titledBy: string;
  /** Called when the reader leaves it with the keyboard. */
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** A question that has to be answered before anything else goes on. */
export function Modal({ isOpen, titledBy, onCancel, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog className="ask" ref={dialog} aria-labelledby={titledBy} onCancel={onCancel}>
      {isOpen && children}
    </dialog>
  );
}
