import { existsSync } from 'node:fs';
import { functions } from '../../contracts/http/routes';
import { consumers, deploymentSteps, httpFunctions, operations, scheduledJobs } from '../../lib/config/functions';
import { SECRETS, secretVariable } from '../../lib/config/variables';
import { ourFunctions, type Properties, type Resource, templates } from '../fixtures/cloud/templates';
import { readEnvironment } from './read-environment';

const SPECS = { ...httpFunctions, ...consumers, ...scheduledJobs, ...deploymentSteps, ...operations };
const NAMES = Object.keys(SPECS) as (keyof typeof SPECS)[];

const functionNamed = (name: string) => {
  const found = ourFunctions().filter((fn) => fn.name === name);
  expect(found).toHaveLength(1);
  return found[0] as Resource;
};

const statementsOf = (fn: Resource): readonly Properties[] =>
  templates()
    .all('AWS::IAM::Policy')
    .filter(({ stack, properties }) => {
      const roles = properties.Roles.map((role: Properties) => role.Ref);
      return stack === fn.stack && roles.includes(fn.properties.Role['Fn::GetAtt'][0]);
    })
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

const list = (value: Properties): readonly Properties[] => (Array.isArray(value) ? value : [value]);

test('the template has the functions of the catalogue and no other, those of the contract among them', () => {
  expect(
    ourFunctions()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...NAMES].sort());
  expect(NAMES).toEqual(expect.arrayContaining(Object.keys(functions)));
});

test('no two functions share a role', () => {
  const roles = ourFunctions().map(({ stack, properties }) => `${stack}/${properties.Role['Fn::GetAtt'][0]}`);
  expect(new Set(roles).size).toBe(NAMES.length);
});

describe.each(NAMES)('%s', (name) => {
  test('runs on Node 24, arm64, traced, inside the VPC, from an existing handler', () => {
    const { properties, metadata } = functionNamed(name);
    expect(properties).toMatchObject({
      FunctionName: `proving-ground-dev-${name}`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      Timeout: SPECS[name].timeoutS,
    });
    expect(properties.VpcConfig.SubnetIds).toHaveLength(3);
    expect(existsSync(metadata.ProvingGroundHandler)).toBe(true);
  });

  test('keeps its log for a set time, under its own name', () => {
    const { stack, properties } = functionNamed(name);
    const group = templates().resources.find(
      ({ id, stack: home }) => home === stack && id === properties.LoggingConfig.LogGroup.Ref,
    );
    expect(group?.properties).toMatchObject({
      LogGroupName: `/aws/lambda/proving-ground-dev-${name}`,
      RetentionInDays: expect.any(Number),
    });
  });

  test('has an alarm that says who is hurt and tells somebody', () => {
    const alarm = templates()
      .all('AWS::CloudWatch::Alarm')
      .find(({ properties }) => properties.AlarmName === `proving-ground-dev-${name}`);
    expect(alarm?.properties.AlarmDescription).toBe(`${name} failed: ${SPECS[name].errorImpact}`);
    expect(alarm?.properties.AlarmActions).toHaveLength(1);
  });

  test('may read its own secrets and no other', () => {
    const needed = SECRETS.filter((secret) =>
      (SPECS[name].needs as readonly string[]).includes(secretVariable(secret)),
    );
    const readable = statementsOf(functionNamed(name))
      .filter(({ Action }) => list(Action).includes('secretsmanager:GetSecretValue'))
      .flatMap(({ Resource: resources }) => list(resources).map((resource) => templates().text(resource)))
      .map((text) => SECRETS.find((secret) => text.startsWith(`<Secrets${secret}`)) ?? text);
    expect([...readable].sort()).toEqual([...needed].sort());
  });

  test('has no wildcard but where AWS knows no resource', () => {
    const statements = statementsOf(functionNamed(name));
    expect(statements.length).toBeGreaterThan(2);
    const wide = statements.filter(
      ({ Effect, Resource: resources }) =>
        Effect === 'Allow' && list(resources).some((resource) => templates().text(resource).includes('*')),
    );
    expect(
      wide.flatMap(({ Action }) => list(Action)).filter((action) => !/^(ec2|xray):[A-Z]\w+$/.test(action)),
    ).toEqual([]);
    expect(statements.flatMap(({ Action }) => list(Action)).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('is denied the network rights that Lambda uses in its name', () => {
    const denied = statementsOf(functionNamed(name)).filter(({ Effect }) => Effect === 'Deny');
    expect(denied).toHaveLength(1);
    expect(denied[0].Condition.ArnEquals['lambda:SourceFunctionArn']).toMatch(
      new RegExp(`:proving-ground-dev-${name}$`),
    );
  });

  test('gets only variables that the code knows, with values that it accepts', () => {
    const { Variables: variables } = functionNamed(name).properties.Environment;
    const literal = Object.entries(variables).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : 'arn:aws:a:b',
    ]);
    expect(readEnvironment(Object.fromEntries(literal))).toMatchObject({ STAGE: 'dev', SERVICE_NAME: name });
  });
});
