/** Stops the servers that the global set-up started. */
export default async function tearDown(): Promise<void> {
  const { __services = [] } = globalThis as { __services?: readonly { readonly stop: () => Promise<void> }[] };
  await Promise.all(__services.map((service) => service.stop()));
}
