/** Every input of a production stage, as an installer would give them. */
export const PROD = {
  PROVING_GROUND_ACCOUNT: '123456789012',
  PROVING_GROUND_REGION: 'eu-west-1',
  PROVING_GROUND_DOMAIN_NAME: 'trade.example.com',
  PROVING_GROUND_HOSTED_ZONE_ID: 'Z0123456789ABCDEFGHIJ',
  PROVING_GROUND_HOSTED_ZONE_NAME: 'example.com',
  PROVING_GROUND_ALARM_EMAIL: 'operations@example.com',
  PROVING_GROUND_COCKROACH_HOST: 'internal-firm.aws-eu-west-1.cockroachlabs.cloud',
  PROVING_GROUND_COCKROACH_SERVICE_NAME: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
  PROVING_GROUND_REDIS_PORT: '12345',
  PROVING_GROUND_REDIS_RESOURCE_CONFIGURATION_ARN:
    'arn:aws:vpc-lattice:eu-west-1:210987654321:resourceconfiguration/rcfg-1',
} as const;
