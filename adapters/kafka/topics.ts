import { ConfigResourceTypes, type Kafka } from 'kafkajs';

/** A topic as it should be; the configuration names are Kafka's. */
export type TopicPlan = {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
};

export type TopicChanges = {
  readonly created: readonly string[];
  readonly configured: readonly string[];
};

/**
 * Creates the topics that are missing and sets configuration entries that differ. Never deletes a topic and never
 * changes its number of partitions. Running it again changes nothing.
 */
export async function ensureTopics(kafka: Kafka, plans: readonly TopicPlan[]): Promise<TopicChanges> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = plans.filter((plan) => !existing.has(plan.name));
    const present = plans.filter((plan) => existing.has(plan.name));
    await refuseNarrow(admin, present);
    await create(admin, missing);
    const configured = await configure(admin, present);
    return { created: missing.map((plan) => plan.name), configured };
  } finally {
    await admin.disconnect();
  }
}

type Admin = ReturnType<Kafka['admin']>;

async function create(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  if (plans.length === 0) return;
  await admin.createTopics({
    waitForLeaders: true,
    topics: plans.map(({ name, partitions, replicationFactor, config }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(config).map(([entry, value]) => ({ name: entry, value })),
    })),
  });
}

/** More partitions would send a key's next events elsewhere and lose its order, so a person has to move the topic. */
async function refuseNarrow(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  if (plans.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: plans.map((plan) => plan.name) });
  const counts = new Map(topics.map((topic) => [topic.name, topic.partitions.length]));
  const faults = plans.flatMap(({ name, partitions }) => {
    const has = counts.get(name) ?? 0;
    return has < partitions ? [`topic ${name} has ${has} partitions, the plan has ${partitions}`] : [];
  });
  if (faults.length > 0) throw new Error(`${faults.join('; ')}: move its events to a new topic`);
}

async function configure(admin: Admin, plans: readonly TopicPlan[]): Promise<readonly string[]> {
  if (plans.length === 0) return [];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: plans.map(({ name }) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  const current = new Map(
    resources.map((resource) => [
      resource.resourceName,
      new Map(resource.configEntries.map((entry) => [entry.configName, entry.configValue])),
    ]),
  );
  const different = plans.filter((plan) =>
    Object.entries(plan.config).some(([name, value]) => current.get(plan.name)?.get(name) !== value),
  );
  if (different.length > 0) {
    await admin.alterConfigs({
      validateOnly: false,
      resources: different.map(({ name, config }) => ({
        type: ConfigResourceTypes.TOPIC,
        name,
        configEntries: Object.entries(config).map(([entry, value]) => ({ name: entry, value })),
      })),
    });
  }
  return different.map((plan) => plan.name);
}
