import { templates } from '../fixtures/cloud/templates';

const cluster = () => templates().one('AWS::EKS::Cluster').properties.Name;
const groups = () => templates().all('AWS::Logs::LogGroup');

test('no log group keeps its lines for ever', () => {
  expect(groups().filter(({ properties }) => !properties.RetentionInDays)).toEqual([]);
});

/** Lambda makes a group for a function that names none, and that one has no end. */
test('every function writes to a group of its stack, those of the CDK too', () => {
  const names = new Set(groups().map(({ stack, id }) => `${stack} <${id}>`));
  for (const { stack, id, properties } of templates().all('AWS::Lambda::Function')) {
    const group = templates().text(properties.LoggingConfig?.LogGroup ?? `none of ${id}`);
    expect(names).toContain(`${stack} ${group}`);
  }
});

test.each(['application', 'dataplane', 'host', 'performance'])(
  'what Container Insights writes as %s is there before its agents are',
  (kind) => {
    const name = `/aws/containerinsights/${cluster()}/${kind}`;
    expect(groups().map(({ properties }) => properties.LogGroupName)).toContain(name);
  },
);

test("the control plane's group is there before the control plane", () => {
  expect(groups().map(({ properties }) => properties.LogGroupName)).toContain(`/aws/eks/${cluster()}/cluster`);
});
