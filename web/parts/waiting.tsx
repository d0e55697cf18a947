/** A place held while something loads; screen readers hear what. */
export const Waiting = ({ text }: { readonly text: string }) => (
  <div className="waiting" role="status">
    <span className="waiting-bar" aria-hidden="true" />
    {text}
  </div>
);
