import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Route, routeKey } from '../../contracts/http/route';
import { functions } from '../../contracts/http/routes';
import { consumers, httpFunctions } from '../../lib/config/functions';
import { workloads } from '../../lib/config/workloads';
import { ROOT } from '../fixtures/cloud/synthesize';
import { ourFunctions, type Properties, templates } from '../fixtures/cloud/templates';
import { PUBLISHED_BY_AWS } from './published-metrics';

/** Goal: nobody waits for a number that never comes, and what hurts somebody rings. */
type Told = { readonly where: string; readonly namespace: string; readonly name: string; readonly by: Properties };

const dimensionsOf = (list: Properties): Properties =>
  Object.fromEntries((list ?? []).map(({ Name, Value }: Properties) => [Name, Value]));

const alarms = () => templates().all('AWS::CloudWatch::Alarm');

const alarmNamed = (name: string): Properties =>
  alarms().find(({ properties }) => properties.AlarmName === `proving-ground-dev-${name}`)?.properties;

function metricsOfAlarms(): readonly Told[] {
  return alarms().flatMap(({ properties }) => {
    const where = String(properties.AlarmName);
    const inMath = (properties.Metrics ?? []).flatMap(({ MetricStat }: Properties) => MetricStat?.Metric ?? []);
    return [...inMath, ...(properties.MetricName ? [properties] : [])].map((metric: Properties) => ({
      where,
      namespace: metric.Namespace,
      name: metric.MetricName,
      by: dimensionsOf(metric.Dimensions),
    }));
  });
}

/** A widget's metric: namespace, name, then dimensions in pairs, then how it is drawn. */
function metricsOfDashboards(): readonly Told[] {
  return templates()
    .all('AWS::CloudWatch::Dashboard')
    .flatMap(({ properties }) => JSON.parse(templates().text(properties.DashboardBody)).widgets)
    .flatMap(({ properties }: Properties) =>
      (properties.metrics ?? []).flatMap((row: readonly unknown[]) => {
        const [namespace, name, ...rest] = row.filter((cell) => typeof cell === 'string');
        if (namespace === undefined) return [];
        const pairs = rest.flatMap((cell, at) => (at % 2 === 0 ? [[cell, rest[at + 1]]] : []));
        return [{ where: properties.title, namespace, name, by: Object.fromEntries(pairs) }];
      }),
    );
}

/** What the filters of the templates make of log lines. */
const ownMetrics = () =>
  templates()
    .all('AWS::Logs::MetricFilter')
    .flatMap(({ properties }) => properties.MetricTransformations)
    .map(({ MetricNamespace, MetricName, Dimensions = [] }: Properties) => ({
      id: `${MetricNamespace}/${MetricName}`,
      by: Dimensions.map(({ Key }: Properties) => Key).sort(),
    }));

const isPublished = ({ namespace, name, by }: Told): boolean => {
  const given = JSON.stringify(Object.keys(by).sort());
  const sets = PUBLISHED_BY_AWS[namespace]?.[name] ?? [];
  const own = ownMetrics().filter(({ id }) => id === `${namespace}/${name}`);
  return [...sets, ...own.map((metric) => metric.by)].some((set) => JSON.stringify(set) === given);
};

test('every metric of an alarm or the dashboard is published, under these dimensions', () => {
  const all = [...metricsOfAlarms(), ...metricsOfDashboards()];
  expect(all.length).toBeGreaterThan(150);
  expect(all.filter((metric) => !isPublished(metric))).toEqual([]);
});

test('a metric by dimensions that nobody publishes is found', () => {
  const of = (by: Properties) => ({ where: '', namespace: 'AWS/Kafka', name: 'KafkaDataLogsDiskUsed', by });
  expect(isPublished(of({ 'Cluster Name': 'c' }))).toBe(false);
  expect(isPublished(of({ 'Cluster Name': 'c', 'Broker ID': '1' }))).toBe(true);
  expect(isPublished({ ...of({}), namespace: 'ProvingGround/dev', name: 'unheard-of' })).toBe(false);
});

test('the values of dimensions name what is in the templates', () => {
  const cluster = templates().one('AWS::MSK::Cluster').properties;
  const brokers = Array.from({ length: cluster.NumberOfBrokerNodes }, (_, at) => String(at + 1));
  const kafka = [...metricsOfAlarms(), ...metricsOfDashboards()].filter(({ namespace }) => namespace === 'AWS/Kafka');
  expect(new Set(kafka.map(({ by }) => by['Cluster Name']))).toEqual(new Set([cluster.ClusterName]));
  const disk = kafka.filter(({ where, name }) => where.endsWith('-disk') && name === 'KafkaDataLogsDiskUsed');
  expect(disk.map(({ by }) => by['Broker ID'])).toEqual(brokers);
  const groups = templates()
    .all('AWS::Lambda::EventSourceMapping')
    .map(({ properties: { Topics, AmazonManagedKafkaEventSourceConfig: source } }) => [
      source.ConsumerGroupId,
      Topics[0],
    ]);
  const lags = kafka.filter(({ name }) => name === 'MaxOffsetLag');
  expect(lags.map(({ by }) => [by['Consumer Group'], by.Topic]).sort()).toEqual(groups.sort());
});

const filters = (stack: string, metric: string): readonly Properties[] =>
  templates()
    .all('AWS::Logs::MetricFilter')
    .filter(({ stack: home, properties }) => {
      return home.endsWith(stack) && properties.MetricTransformations[0].MetricName === metric;
    })
    .map(({ properties }) => properties);

test.each(ourFunctions().map(({ name }) => name))('%s rings on its own error lines, as a rate with a floor', (name) => {
  const { properties: fn, stack } = ourFunctions().find((one) => one.name === name) as Properties;
  const [filter] = filters(stack, `${name}-error-lines`);
  expect(filter).toMatchObject({ FilterPattern: '{ $.level >= 50 }', LogGroupName: fn.LoggingConfig.LogGroup });
  const { Metrics, Threshold, EvaluationPeriods } = alarmNamed(name);
  const { Expression } = Metrics.find((metric: Properties) => metric.Expression);
  const floor = Object.hasOwn(httpFunctions, name) && name !== 'stripe-webhook' ? 3 : 1;
  const bad = 'FILL(lines, 0) + FILL(ended, 0)';
  expect(Expression).toBe(`IF((${bad}) >= ${floor}, 100 * (${bad}) / FILL(all, 1), 0)`);
  expect([Threshold, EvaluationPeriods]).toEqual([1, 1]);
  const named = Object.fromEntries(
    Metrics.flatMap(({ Id, MetricStat }: Properties) =>
      MetricStat ? [[Id, [MetricStat.Metric.MetricName, MetricStat.Stat, MetricStat.Period]]] : [],
    ),
  );
  expect(named).toEqual({
    lines: [`${name}-error-lines`, 'Sum', 300],
    ended: ['Errors', 'Sum', 300],
    all: ['Invocations', 'Sum', 300],
  });
});

const ROUTES = Object.entries(functions).flatMap(([name, routes]) =>
  Object.values<Route>(routes).map((route) => [name, routeKey(route)] as const),
);

test.each(ROUTES)('%s: 5xx on %s ring, as a rate with a floor', (name, key) => {
  const { Metrics } = alarmNamed(`${name} ${key}`);
  expect(Metrics.find((metric: Properties) => metric.Expression).Expression).toBe('IF(failed >= 3, 100 * share, 0)');
  const stats = Metrics.flatMap(({ Id, MetricStat }: Properties) => (MetricStat ? [[Id, MetricStat.Stat]] : []));
  expect(Object.fromEntries(stats)).toEqual({ failed: 'Sum', share: 'Average' });
  for (const { MetricStat } of Metrics) {
    if (MetricStat) expect(dimensionsOf(MetricStat.Metric.Dimensions)).toEqual({ Route: key });
  }
});

test.each([...Object.keys(consumers), 'event-relay'])('the first record that %s parks rings', (name) => {
  const alarm = alarmNamed(`${name}-parked`);
  expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, Period: 60, Statistic: 'Sum' });
  expect(alarm.MetricName).toBe(`${name}-parked`);
  const [filter] = filters(name === 'event-relay' ? 'observability' : 'consumers', `${name}-parked`);
  expect(filter?.FilterPattern).toContain('msg = "parked"');
});

test('dead letters ring for as long as they wait', () => {
  expect(alarmNamed('letters-waiting')).toMatchObject({ Threshold: 1, Period: 3600, Statistic: 'Maximum' });
  const [filter] = filters('schedules', 'letters-waiting');
  expect(filter?.MetricTransformations[0].MetricValue).toBe('$.lettersWaiting');
});

test('an account whose judge is behind rings, by the refusals of trading', () => {
  expect(alarmNamed('judge-behind')).toMatchObject({ MetricName: 'judge-behind', Threshold: 1, Period: 300 });
  const trading = ourFunctions().find(({ name }) => name === 'trading')?.properties;
  expect(filters('api', 'judge-behind')).toMatchObject([
    { FilterPattern: '{ $.refusal = "judge_behind" }', LogGroupName: trading?.LoggingConfig.LogGroup },
  ]);
});

test.each(Object.keys(workloads))('%s rings on its error lines, which the agent of the cluster collects', (name) => {
  const [filter] = filters('observability', `${name}-error-lines`);
  expect(filter?.LogGroupName).toBe('/aws/containerinsights/proving-ground-dev-cluster/application');
  expect(filter?.FilterPattern).toBe(`{ $.kubernetes.container_name = "${name}" && $.log_processed.level >= 50 }`);
  expect(alarmNamed(name)).toMatchObject({ MetricName: `${name}-error-lines`, Threshold: 5, Period: 300 });
});

test('Ray that serves nothing rings, and a study that nobody plays', () => {
  expect(alarmNamed('monte-carlo-ray-down')).toMatchObject({
    MetricName: 'service_number_of_running_pods',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
  expect(dimensionsOf(alarmNamed('monte-carlo-ray-down').Dimensions)).toEqual({
    ClusterName: 'proving-ground-dev-cluster',
    Namespace: 'ray',
    Service: 'monte-carlo-ray',
  });
  expect(alarmNamed('studies-waiting')).toMatchObject({ MetricName: 'studies-oldest-waiting', Threshold: 600 });
});

/** An alarm that waits for a field which nobody writes never rings. */
test('every number that is read out of a workload’s lines is written by it', () => {
  const read = templates()
    .all('AWS::Logs::MetricFilter')
    .flatMap(({ properties: { FilterPattern, MetricTransformations } }) => {
      const [, workload] = /container_name = "([a-z-]+)"/.exec(FilterPattern) ?? [];
      const [, field] = /^\$\.log_processed\.(\w+)$/.exec(MetricTransformations[0].MetricValue) ?? [];
      return workload && field ? [{ workload, field }] : [];
    });
  expect(read.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['connections', 'oldestOwedS', 'studiesOpen', 'oldestStudyS']),
  );
  for (const { workload, field } of read) {
    const code = readFileSync(join(ROOT, `eks-workloads/${workload}/main.ts`), 'utf8');
    expect([workload, field, new RegExp(`log\\.info\\(\\{[^}]*\\b${field}\\b`).test(code)]).toEqual([
      workload,
      field,
      true,
    ]);
  }
});

test('every alarm tells somebody, when it rings and when it is over', () => {
  for (const { properties } of alarms()) {
    expect(properties.AlarmActions).toHaveLength(1);
    expect(properties.OKActions).toHaveLength(1);
    expect(properties.AlarmDescription).toMatch(/\w+/);
  }
});
