import { isAdmin, isOfRiskDesk } from '../../web/lib/staff';

test.each`
  roles                 | riskDesk | tierEditor
  ${['trader']}         | ${false} | ${false}
  ${['finance']}        | ${false} | ${false}
  ${['trader', 'risk']} | ${true}  | ${false}
  ${['admin']}          | ${true}  | ${true}
`('of $roles the risk desk is shown: $riskDesk, the tier editor: $tierEditor', ({ roles, riskDesk, tierEditor }) => {
  expect([isOfRiskDesk({ roles }), isAdmin({ roles })]).toEqual([riskDesk, tierEditor]);
});
