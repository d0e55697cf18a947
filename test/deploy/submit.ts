import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from '../fixtures/cloud/objects';
import type { ApiServer } from './api-server';

type Kind = { readonly kind: string; readonly name: string; readonly namespaced: boolean };

const STRICTLY = 'fieldValidation=Strict';
const KNOWN_MS_MAX = 20_000;

/** Hands objects to the API server; what it says against one is told in its own words. */
export class Submission {
  private readonly kinds = new Map<string, readonly Kind[]>();

  constructor(private readonly server: ApiServer) {}

  /** Makes it for real: what others stand in, or are defined by. */
  async create(object: KubernetesObject): Promise<string | undefined> {
    const complaint = await this.send(object, STRICTLY);
    this.kinds.clear();
    if (complaint === undefined && object.kind === 'CustomResourceDefinition') await this.untilServed(object);
    return complaint;
  }

  /** Asks whether it would be taken. */
  check(object: KubernetesObject): Promise<string | undefined> {
    return this.send(object, `dryRun=All&${STRICTLY}`);
  }

  private async send(object: KubernetesObject, query: string): Promise<string | undefined> {
    const kind = (await this.kindsOf(object.apiVersion)).find((one) => one.kind === object.kind);
    if (!kind) return `the API server has no ${object.apiVersion} ${object.kind}`;
    const place = kind.namespaced ? `/namespaces/${object.namespace ?? 'default'}` : '';
    const { status, body } = await this.server.post(
      `${rootOf(object.apiVersion)}${place}/${kind.name}?${query}`,
      object.text,
    );
    // It is read and judged before the server looks whether there is one already.
    if (status < 300 || (status === 409 && body.includes('"AlreadyExists"'))) return undefined;
    return (JSON.parse(body) as { message: string }).message;
  }

  private async kindsOf(apiVersion: string): Promise<readonly Kind[]> {
    const known = this.kinds.get(apiVersion);
    if (known) return known;
    const { status, body } = await this.server.get(rootOf(apiVersion));
    const kinds = status === 200 ? (JSON.parse(body) as { resources: readonly Kind[] }).resources : [];
    const whole = kinds.filter(({ name }) => !name.includes('/'));
    this.kinds.set(apiVersion, whole);
    return whole;
  }

  private async untilServed({ name }: KubernetesObject): Promise<void> {
    const until = Date.now() + KNOWN_MS_MAX;
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
    for (;;) {
      const { body } = await this.server.get(path);
      if (/"type":"Established","status":"True"/.test(body)) return;
      if (Date.now() > until) throw new Error(`${name} was not served: ${body.slice(0, 500)}`);
      await pause(100);
    }
  }
}

const rootOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
