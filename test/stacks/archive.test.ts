import { type Properties, templates } from '../fixtures/cloud/templates';

/** Goal: what proves a verdict outlives whoever could want it gone, and nobody may do more with it than his work. */
const buckets = () => templates().all('AWS::S3::Bucket');
const archive = () => buckets().filter(({ id }) => id.startsWith('ArchiveFiles'))[0]?.properties;

test('ticks and frames go after the days of the configuration, and what is around verdicts never', () => {
  const rules: Properties[] = archive().LifecycleConfiguration.Rules;
  expect(rules.map(({ Prefix, ExpirationInDays, Status }) => [Prefix, ExpirationInDays, Status])).toEqual([
    ['ticks/', 30, 'Enabled'],
    ['frames/', 30, 'Enabled'],
  ]);
  expect(archive().VersioningConfiguration).toEqual({ Status: 'Enabled' });
});

test('each access to the archive is in a log', () => {
  const { DestinationBucketName, LogFilePrefix } = archive().LoggingConfiguration;
  expect(templates().text(DestinationBucketName)).toMatch(/^<ArchiveLogs/);
  expect(LogFilePrefix).toBe('archive/');
});

const statementsOf = (workload: string): readonly Properties[] =>
  templates()
    .all('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(`Workload${workload.replace('-', '')}Account`))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }: Properties) => JSON.stringify(Action).includes('"s3:'));

const told = (statement: Properties): string => {
  const resources = [statement.Resource].flat().map((one) =>
    templates()
      .text(one)
      .replace(/<ArchiveFiles\w+\.Arn>/, 'bucket'),
  );
  const prefixes = [statement.Condition?.StringLike['s3:prefix'] ?? []].flat();
  return [statement.Action, ...resources, ...prefixes].join(' ');
};

test.each`
  workload         | rights
  ${'archiver'}    | ${['s3:ListBucket bucket ticks/* frames/*', 's3:GetObject bucket/frames/* bucket/ticks/*', 's3:PutObject bucket/frames/* bucket/ticks/* bucket/verdicts/*']}
  ${'risk-engine'} | ${['s3:ListBucket bucket ticks/*', 's3:GetObject bucket/ticks/*']}
  ${'market-data'} | ${[]}
  ${'websocket'}   | ${[]}
  ${'event-relay'} | ${[]}
`('$workload may do with the archive what its work needs, and nobody deletes', ({ workload, rights }) => {
  expect(statementsOf(workload).map(told)).toEqual(rights);
});

const kafkaTopics = (workload: string, action: string): string =>
  templates()
    .all('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(`Workload${workload.replace('-', '')}Account`))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }: Properties) => [Action].flat().includes(action))
    .flatMap(({ Resource }: Properties) => [Resource].flat().map((one) => templates().text(one)))
    .map((arn: string) => arn.split('/').pop())
    .join(' ');

test('frames are written by market-data and read by the archiver alone', () => {
  expect(kafkaTopics('market-data', 'kafka-cluster:WriteData')).toBe('market-data venue-frames');
  expect(kafkaTopics('archiver', 'kafka-cluster:ReadData')).toBe('market-data venue-frames');
  expect(kafkaTopics('risk-engine', 'kafka-cluster:ReadData')).not.toContain('venue-frames');
  expect(kafkaTopics('archiver', 'kafka-cluster:WriteData')).toBe('');
});

test('a window that is owed for an hour rings', () => {
  const alarm = templates()
    .all('AWS::CloudWatch::Alarm')
    .find(({ properties }) => properties.AlarmName === 'proving-ground-dev-windows-owed')?.properties;
  expect([alarm.Threshold, alarm.ComparisonOperator]).toEqual([3_600, 'GreaterThanOrEqualToThreshold']);
  const filter = templates()
    .all('AWS::Logs::MetricFilter')
    .find(({ properties }) => properties.MetricTransformations[0].MetricName === alarm.MetricName)?.properties;
  expect(filter.FilterPattern).toBe('{ $.kubernetes.container_name = "archiver" && $.log_processed.oldestOwedS >= 0 }');
  expect(filter.MetricTransformations[0].MetricValue).toBe('$.log_processed.oldestOwedS');
});
