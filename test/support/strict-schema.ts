import os from 'node:os';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { CustomResourceSchemas } from './custom-resource-schemas';
import { KubernetesSchemas } from './kubernetes-schemas';
import { hasSharedData } from './shared-data';

/** Patterns are Go's: they may begin with a flag that JavaScript does not know. */
const goRegExp = Object.assign((pattern: string) => pattern.includes('(?i)') ? new RegExp(pattern.replace('(?i)', ''), 'i') : new RegExp(pattern), {
  code: 'goRegExp',
});

/**
 * Checks manifests as a strict API server would: an unknown field, a wrong type, a missing field and an unknown kind are all errors.
 *
 * Without the data of other projects (shared-data.ts) custom resources are not checked, and a warning says so.
 * Not checked ever: what only code or CEL knows, and the values of Kubernetes' own enumerations.
 */
class StrictSchema {
  private readonly kubernetes = new KubernetesSchemas();
  private readonly customResources = new CustomResourceSchemas();
  private readonly validators = new Map<string, ValidateFunction | undefined>();
  private readonly added = new Set<string>();
  private warned = false;
  private readonly ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    // compile fast: few objects are checked
    inlineRefs: false,
    code: { regExp: goRegExp, optimize: false },
  });

  public constructor() {
    addFormats(this.ajv);
    // Kubernetes reads Go's durations where JSON schema means those of ISO 8601
    this.ajv.addFormat('duration', /^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$/);
    this.ajv.addFormat('cidr', /^[0-9a-f.:]+\/[0-9]{1,3}$/i);
    this.ajv.addFormat('idn-hostname', true);
  }

  public errors(manifest: any): string[] {
    const { apiVersion, kind } = manifest ?? {};
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      return [`not a Kubernetes object: ${JSON.stringify(manifest)?.slice(0, 80)}`];
    }
    const name = `${apiVersion} ${kind} ${[manifest.metadata?.namespace, manifest.metadata?.name].filter(Boolean).join('/')}`;
    const validate = this.validator(apiVersion, kind);
    if (!validate && !hasSharedData && apiVersion.includes('.')) {
      this.warn();
      return [];
    }
    if (!validate) {
      return [`${name}: no schema knows this kind`];
    }
    if (!manifest.metadata?.name) {
      return [`${name}: metadata.name is missing`];
    }
    return validate(manifest) ? [] : validate.errors!.map((error) => `${name}: ${explain(error)}`);
  }

  private warn(): void {
    if (!this.warned) {
      console.warn('custom resources are not checked: their schemas are in ../shared/data, which is absent');
      this.warned = true;
    }
  }

  private validator(apiVersion: string, kind: string): ValidateFunction | undefined {
    const id = `${apiVersion} ${kind}`;
    if (!this.validators.has(id)) {
      this.validators.set(id, this.compile(apiVersion, kind));
    }
    return this.validators.get(id);
  }

  private compile(apiVersion: string, kind: string): ValidateFunction | undefined {
    const [version, group = ''] = apiVersion.split('/').reverse();
    const own = this.kubernetes.find(group, version, kind);
    const custom = own ? undefined : this.customResources.find(group, version, kind, this.kubernetes.metadata());
    for (const [key, schema] of this.kubernetes.schemas) {
      if (!this.added.has(key)) {
        this.ajv.addSchema(schema);
        this.added.add(key);
      }
    }
    return own ? this.ajv.getSchema(own) : custom && this.ajv.compile(custom);
  }
}

function explain(error: ErrorObject): string {
  const place = error.instancePath || '/';
  switch (error.keyword) {
    case 'additionalProperties': return `${place} has unknown field '${error.params.additionalProperty}'`;
    case 'enum': return `${place} ${error.message}: ${error.params.allowedValues.join(', ')}`;
    default: return `${place} ${error.message}`;
  }
}

/**
 * Jest loads modules anew for each test file, but Node's own only once for each of its workers: kept there, a schema is compiled once a worker.
 */
const worker: { [key: symbol]: StrictSchema | undefined } = os as any;
const SHARED = Symbol.for('cdk8s-spiffe.strict-schema');

/**
 * What is wrong with these manifests, one line each; empty when nothing is.
 */
export function strictErrors(manifests: readonly unknown[]): string[] {
  const schema = worker[SHARED] ??= new StrictSchema();
  return manifests.flatMap((manifest) => schema.errors(manifest));
}
