/** Ports that outside systems fix. */
export const COCKROACH_PORT = 26_257;
/** MSK brokers listen here for clients that sign in with IAM inside the VPC. */
export const KAFKA_IAM_PORT = 9_098;
/** Ray Serve answers here; Ray's own ports are in lib/manifests/ray. */
export const RAY_SERVE_PORT = 8_000;
export const SMTP_PORT = 587;
