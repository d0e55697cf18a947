import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { SECRETS, type SecretName } from '../config/variables';
import { acknowledge } from './acknowledge';

type Template = { readonly fields: Readonly<Record<string, unknown>>; readonly generated: string };

/**
 * What each secret holds before its owner fills it in: the fields that the code expects, `fill-in` for what only the
 * owner knows; the code refuses that as a value. The one password that can be chosen, the database's, is generated.
 * The templates never change: a changed one would overwrite what is there.
 */
const TEMPLATES: Readonly<Record<SecretName, Template>> = {
  /** Complete as it is generated: only the edge and what stands behind it know it. */
  edge: { fields: {}, generated: 'current' },
  database: {
    fields: { host: 'fill-in', port: 26_257, user: 'proving_ground', database: 'proving_ground', tls: true },
    generated: 'password',
  },
  redis: {
    fields: { host: 'fill-in', port: 0, username: 'default', password: 'fill-in', tls: true },
    generated: 'unused',
  },
  stripe: { fields: { apiKey: 'fill-in', webhookSecrets: [] }, generated: 'unused' },
  jwt: { fields: { activeKid: 'fill-in', keys: [] }, generated: 'unused' },
  smtp: {
    fields: { host: 'fill-in', port: 587, secure: false, user: 'fill-in', password: 'fill-in', from: 'fill-in' },
    generated: 'unused',
  },
  /** Nobody has to fill it in: without a key the venue is off. */
  kalshi: { fields: { keyId: '', privateKey: '' }, generated: 'unused' },
};

export const secretNameOf = ({ stage }: StageConfig, name: SecretName): string => `proving-ground/${stage}/${name}`;

/** The secrets under one key of their own. */
export class SecretStore extends Construct {
  readonly key: Key;
  readonly arns: Readonly<Record<SecretName, string>>;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'Secrets');
    const removalPolicy = config.sizes.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = new Key(this, 'Key', {
      alias: `proving-ground/${config.stage}/secrets`,
      description: 'Encrypts the secrets of Proving Ground',
      enableKeyRotation: true,
      removalPolicy,
    });
    const create = (name: SecretName): string => {
      const { fields, generated } = TEMPLATES[name];
      const secret = new Secret(this, name, {
        secretName: secretNameOf(config, name),
        description: `Proving Ground: ${name}`,
        encryptionKey: this.key,
        generateSecretString: {
          secretStringTemplate: JSON.stringify(fields),
          generateStringKey: generated,
          excludePunctuation: true,
          passwordLength: 40,
        },
        removalPolicy,
      });
      return secret.secretArn;
    };
    this.arns = Object.fromEntries(SECRETS.map((name) => [name, create(name)])) as Record<SecretName, string>;
    acknowledge(
      this,
      'Each secret belongs to a system outside AWS or is rotated by key id: see docs/how-to/deploy.md.',
      'SMG4',
    );
  }

  /** Statements for the reader's own role. A grant on the secret would tie the key's stack to the reader's: a cycle. */
  readStatements(names: readonly SecretName[]): PolicyStatement[] {
    if (names.length === 0) return [];
    return [
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: names.map((name) => this.arns[name]),
      }),
      new PolicyStatement({ actions: ['kms:Decrypt'], resources: [this.key.keyArn] }),
    ];
  }
}
