/** Hands a document to the browser's own saving; the address is released when the browser has had its turn. */
export function saveFile(document_: Blob, filename: string): void {
  const address = URL.createObjectURL(document_);
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
