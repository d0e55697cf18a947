import { ourFunctions, type Properties, templates } from '../fixtures/cloud/templates';

/** Goal: operators come in by their own credentials, are seen, and nobody else finds the door. */
const operate = () => ourFunctions().find(({ name }) => name === 'operate') as Properties;

const policiesOf = (role: string): readonly Properties[] =>
  templates()
    .all('AWS::IAM::Policy')
    .filter(({ stack, properties }) => {
      return stack.endsWith('operations') && properties.Roles.some(({ Ref }: Properties) => Ref === role);
    })
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

test('no route, topic, schedule or service may call it: only who the account lets', () => {
  const { id, stack } = operate();
  const permitted = templates()
    .all('AWS::Lambda::Permission')
    .filter((permission) => permission.stack === stack);
  expect(permitted).toEqual([]);
  const integrations = templates().all('AWS::ApiGatewayV2::Integration');
  expect(integrations.filter(({ properties }) => JSON.stringify(properties).includes(id))).toEqual([]);
  expect(templates().all('AWS::Lambda::Url')).toEqual([]);
  expect(
    templates()
      .all('AWS::Lambda::EventSourceMapping')
      .filter((mapping) => mapping.stack === stack),
  ).toEqual([]);
});

test('the role of operators may call this function, read the archive, and nothing else', () => {
  const role = templates()
    .all('AWS::IAM::Role')
    .find(({ properties }) => properties.RoleName === 'proving-ground-dev-operator');
  const [call, ...others] = policiesOf(role?.id ?? '');
  expect(call).toEqual({
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: { 'Fn::GetAtt': [operate().id, 'Arn'] },
  });
  expect(others.map(({ Action }: Properties) => Action)).toEqual(['s3:ListBucket', 's3:GetObject']);
  const files = others.flatMap(({ Resource }: Properties) => [Resource].flat().map((one) => templates().text(one)));
  expect(files.every((file: string) => file.startsWith('<ArchiveFiles'))).toBe(true);
  expect(role?.properties.ManagedPolicyArns).toBeUndefined();
  const [trusted] = role?.properties.AssumeRolePolicyDocument.Statement ?? [];
  expect(templates().text(trusted.Principal.AWS)).toContain(':000000000000:root');
});

test('every call of it is kept by AWS, with who made it', () => {
  const { properties } = templates().one('AWS::CloudTrail::Trail');
  expect(properties).toMatchObject({ IsLogging: true, EnableLogFileValidation: true });
  const [selector] = properties.EventSelectors;
  expect(selector.IncludeManagementEvents).toBe(false);
  expect(selector.DataResources).toEqual([
    { Type: 'AWS::Lambda::Function', Values: [{ 'Fn::GetAtt': [operate().id, 'Arn'] }] },
  ]);
});

test('no host stands where none was asked for', () => {
  expect(templates().all('AWS::EC2::Instance')).toEqual([]);
});
