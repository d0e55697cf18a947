import { type Evidence, figureText } from '../../lib/evidence';
import { ScrollTable } from '../../parts/scroll-table';

/** The sum as it would be done with a pencil. */
export const Arithmetic = ({ lines }: { readonly lines: Evidence['arithmetic'] }) => (
  <section aria-labelledby="arithmetic">
    <h2 id="arithmetic">How it was worked out</h2>
    <ScrollTable
      label="Arithmetic of the verdict"
      className="card arithmetic"
      caption="Amounts are in dollars, exact to the millionth."
      columns={['Step', 'Value']}
    >
      {lines.map(({ label, value }, place) => (
        // A sum may name the same thing twice: its place is what tells lines apart.
        <tr key={`${place + 1} ${label}`}>
          <th scope="row">{label.charAt(0).toUpperCase() + label.slice(1)}</th>
          <td>{figureText(value)}</td>
        </tr>
      ))}
    </ScrollTable>
  </section>
);
