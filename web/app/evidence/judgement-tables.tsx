import { dollarsText } from '../../lib/display';
import type { Evidence } from '../../lib/evidence';
import { stepOf } from '../../lib/progress';
import { RULE_NAMES } from '../../lib/rules';
import { ScrollTable } from '../../parts/scroll-table';

export function RoomTable({ evidence }: { readonly evidence: Evidence }) {
  const { rooms, brokenRule: broken } = evidence.judgement;
  return (
    <ScrollTable label="Limits at the verdict" caption="Limits" columns={['Rule', 'Limit', 'Used', 'Floor', 'Room']}>
      {rooms.map(({ rule, limitUsd, usedUsd, roomUsd, floorUsd }) => (
        <tr key={rule} className={rule === broken ? 'row-broken' : undefined}>
          <th scope="row">
            {RULE_NAMES[rule]}
            {rule === broken && <strong> · broken</strong>}
          </th>
          <td>{dollarsText(limitUsd)}</td>
          <td>{dollarsText(usedUsd)}</td>
          <td>{floorUsd === null ? '—' : dollarsText(floorUsd)}</td>
          <td>{dollarsText(roomUsd)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}

export const GateTable = ({ gates }: { readonly gates: Evidence['judgement']['gates'] }) => (
  <ScrollTable label="What was needed to pass" caption="Needed to pass" columns={['What', 'Reached', 'Needed', 'Met']}>
    {gates.map(stepOf).map(({ gate, name, have, need, isMet }) => (
      <tr key={gate}>
        <th scope="row">{name}</th>
        <td>{have}</td>
        <td>{need}</td>
        <td>{isMet ? '✓ yes' : 'no'}</td>
      </tr>
    ))}
  </ScrollTable>
);
