import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { hasSharedData, sharedData } from './shared-data';

type Schema = { [key: string]: any };

/**
 * Strict JSON schemas of custom resources, from their CustomResourceDefinitions.
 */
export class CustomResourceSchemas {
  private static texts?: Map<string, string>;

  /**
   * The text of each definition by `group kind`; most are never parsed, which takes long.
   */
  private static definitions(): Map<string, string> {
    return CustomResourceSchemas.texts ??= new Map(
      (hasSharedData ? readdirSync(sharedData('crds')) : [])
        .flatMap((file) => readFileSync(sharedData('crds', file), 'utf8').split(/^---.*\n/m))
        .map((text) => [`${/^  group: (\S+)$/m.exec(text)?.[1]} ${/^    kind: (\S+)$/m.exec(text)?.[1]}`, text]),
    );
  }

  /**
   * The schema of a kind, undefined when no definition has it.
   *
   * @param metadata the schema of `metadata`, about which a definition says nothing
   */
  public find(group: string, version: string, kind: string, metadata: Schema): Schema | undefined {
    const text = CustomResourceSchemas.definitions().get(`${group} ${kind}`);
    const served = text && parse(text).spec.versions.find((candidate: any) => candidate.name === version && candidate.served);
    if (!served) {
      return undefined;
    }
    const { status, ...properties } = served.schema.openAPIV3Schema.properties; // what a controller writes is in no manifest
    const root = strict({ ...served.schema.openAPIV3Schema, properties });
    const named = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata };
    return { ...root, properties: { ...root.properties, ...named }, required: [...Object.keys(named), ...(root.required ?? [])] };
  }
}

/**
 * Forbids what the definition does not name, unless it says to keep it.
 *
 * allOf, anyOf, oneOf and not stay as they are: they add conditions on fields that are named outside of them.
 */
export function strict(schema: Schema): Schema {
  const { 'type': type, 'properties': properties, items, additionalProperties, 'x-kubernetes-int-or-string': intOrString, nullable, ...rest } = schema;
  const result: Schema = { ...rest };
  if (intOrString) {
    return { ...rest, type: nullable ? ['integer', 'string', 'null'] : ['integer', 'string'] };
  }
  if (type) {
    result.type = nullable ? [type, 'null'] : type;
  }
  if (properties) {
    result.properties = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, strict(property as Schema)]));
  }
  if (items) {
    result.items = strict(items);
  }
  if (additionalProperties) {
    result.additionalProperties = additionalProperties === true ? true : strict(additionalProperties);
  } else if (type === 'object' && !schema['x-kubernetes-preserve-unknown-fields']) {
    result.additionalProperties = false;
  }
  return result;
}
