/** `npm run bench -- <name>`: runs one benchmark and ends with its figures as one line of JSON. */
const BENCHES: Readonly<
  Record<string, () => Promise<{ run: () => Promise<Readonly<Record<string, number | boolean>>> }>>
> = {
  orders: () => import('./orders'),
  latency: () => import('./latency'),
  risk: () => import('./risk'),
  lambda: () => import('./lambda'),
  fanout: () => import('./fanout'),
  ingest: () => import('./ingest'),
  archive: () => import('./archive'),
};

async function main(bench = ''): Promise<number> {
  const load = BENCHES[bench];
  if (!load) {
    console.error(`Which benchmark? npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
    return 2;
  }
  const { run } = await load();
  const figures = await run();
  console.log(JSON.stringify({ bench, ...figures }));
  return 0;
}

main(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
