/**
 * Writes src/checks/schemas/*.ts: what the API server takes in the custom resources that the judges know, in a short notation.
 *
 *   ts-node -T -P examples/tsconfig.json scripts/crd-fields.ts FOLDER-WITH-CRDS
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const FILES: Record<string, { crds: string; version: string; kinds?: string[]; part?: string[]; free?: string[] }> = {
  // that of experiments has all that the standard one has
  'gateway-api': { crds: 'gateway-api-experimental.yaml', version: 'Gateway API 1.6.0' },
  'istio': { crds: 'istio.yaml', version: 'Istio of August 2026' },
  'cilium': { crds: 'cilium.yaml', version: 'Cilium 1.20.2', kinds: ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'] },
  'linkerd': { crds: 'linkerd-policy.yaml', version: 'Linkerd of August 2026' },
  'cert-manager': { crds: 'cert-manager.yaml', version: 'cert-manager of August 2026', kinds: ['Certificate'] },
  'prometheus-operator': { crds: 'prometheus-operator.yaml', version: 'Prometheus operator of August 2026' },
  'grafana-operator': { crds: 'grafana-operator.yaml', version: 'Grafana operator of August 2026', kinds: ['GrafanaDashboard'] },
  'mesh-config': { crds: 'sail-operator.yaml', version: 'Istio of August 2026', kinds: ['Istio'], part: ['values', 'meshConfig'] },
  'openshift': { crds: 'openshift-ztwim.yaml', version: 'OpenShift\'s Zero Trust Workload Identity Manager of April 2026' },
  // its values are those of the charts of Istio, and each release knows more versions
  'sail-operator': { crds: 'sail-operator.yaml', version: 'Sail operator of August 2026', free: ['values', 'version'] },
  'vault-config-operator': { crds: 'vault-config-operator.yaml', version: 'vault-config-operator of August 2026' },
  'vault-secrets-operator': { crds: 'vault-secrets-operator.yaml', version: 'Vault Secrets Operator of June 2026' },
};
const WIDTH = 140;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Schema = any;

/** One schema in the notation of src/checks/schemas/notation.ts. */
export function notation(schema: Schema): string {
  if (schema['x-kubernetes-int-or-string'] || schema.anyOf?.some((one: Schema) => one.type === 'integer') && !schema.type) return '*';
  if (schema.type === 'array') return `[${notation(schema.items ?? {})}]`;
  if (schema.type === 'object') return objectNotation(schema);
  if (schema.enum && schema.type === 'string') return `(${schema.enum.join('|')})`;
  if (schema.type === 'integer' && (schema.minimum ?? schema.maximum) !== undefined) return `#${schema.minimum ?? ''}~${schema.maximum ?? ''};`;
  if (JSON.stringify(schema['x-kubernetes-validations'] ?? '').includes('valid duration')) return 'd';
  if (schema['x-filled']) return 't';
  return { string: 's', integer: 'i', number: 'n', boolean: 'b' }[schema.type as string] ?? '*';
}

function objectNotation(schema: Schema): string {
  if (schema['x-kubernetes-preserve-unknown-fields']) return '*';
  if (schema.additionalProperties) return `<${notation(schema.additionalProperties)}>`;
  if (!schema.properties) return '*';
  // the API server fills in a default before it asks what is missing
  const required = (schema.required ?? []).filter((name: string) => schema.properties[name]?.default === undefined);
  return `{${Object.keys(schema.properties).map(name => `${name}${required.includes(name) ? '!' : ''}:${notation(schema.properties[name])}`).join(',')}}`;
}

/** Objects that stand in more than one place are written once, and named by a number. */
function shared(schemas: Record<string, string>): { parts: string[]; schemas: Record<string, string> } {
  const parts: string[] = [];
  let whole = schemas;
  for (;;) {
    const part = worthSharing(Object.values(whole).concat(parts));
    if (!part) return { parts, schemas: whole };
    const name = `@${parts.length};`;
    for (let i = 0; i < parts.length; i++) parts[i] = parts[i].split(part).join(name);
    parts.push(part);
    whole = Object.fromEntries(Object.entries(whole).map(([kind, text]) => [kind, text.split(part).join(name)]));
  }
}

/** The object whose naming saves most, if it saves enough. */
function worthSharing(texts: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) for (const part of objectsIn(text)) counts.set(part, (counts.get(part) ?? 0) + 1);
  const [best] = [...counts].filter(([part, count]) => count > 1 && part.length > 40).sort((a, b) => b[0].length * (b[1] - 1) - a[0].length * (a[1] - 1));
  return best?.[0];
}

function objectsIn(text: string): string[] {
  const found: string[] = [];
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') open.push(i);
    else if (text[i] === '}') found.push(text.slice(open.pop()!, i + 1));
  }
  return found.filter(part => part !== text);
}

/** A string literal over as many lines as it needs. */
function literal(text: string, indent: string): string {
  const lines = text.match(new RegExp(`.{1,${WIDTH - indent.length}}`, 'g')) ?? [''];
  return lines.map(line => `'${line.replace(/\\/g, '\\\\').replace(/'/g, '\\\'')}'`).join(` +\n${indent}`);
}

/** The schema of what a resource has below its spec, or of a part of that. */
function schemaOf(version: Schema, part: string[], free: string[]): Schema {
  const spec = part.reduce((schema, step) => schema.properties[step], version.schema.openAPIV3Schema.properties.spec ?? {});
  return free.length === 0 ? spec : { ...spec, properties: { ...spec.properties, ...Object.fromEntries(free.map(name => [name, { default: spec.properties[name].default }])) } };
}

/** The files below src/checks/schemas that are written, and the file of definitions of each. */
export function schemaFiles(): { name: string; crds: string }[] {
  return Object.entries(FILES).map(([name, { crds }]) => ({ name, crds }));
}

/** The text of a file below src/checks/schemas. */
export function schemaFile(name: string, folder: string): string {
  const { crds, version: told, kinds, part = [], free = [] } = FILES[name];
  const schemas: Record<string, string> = {};
  for (const document of parseAllDocuments(readFileSync(join(folder, crds), 'utf8'))) {
    const crd = document.toJS();
    if (crd?.kind !== 'CustomResourceDefinition' || kinds && !kinds.includes(crd.spec.names.kind)) continue;
    for (const version of crd.spec.versions) {
      const key = part.length > 0 ? part[part.length - 1] : `${crd.spec.group}/${version.name}/${crd.spec.names.kind}`;
      schemas[key] = notation(schemaOf(version, part, free));
    }
  }
  return tableOf(name.toUpperCase().replace(/-/g, '_'), 'crd-fields.ts out of the CustomResourceDefinitions', told, schemas);
}

/** The text of a table of kinds in the notation. */
export function tableOf(constant: string, origin: string, version: string, schemas: Record<string, string>): string {
  const done = shared(schemas);
  return `// written by scripts/${origin}
import { Schemas } from './notation';

export const ${constant}: Schemas = {
  version: '${version.replace(/'/g, '\\\'')}',
  parts: [${done.parts.map(part => `\n    ${literal(part, '    ')},`).join('')}${done.parts.length > 0 ? '\n  ' : ''}],
  kinds: {
${Object.entries(done.schemas).map(([kind, text]) => `    ${/\W/.test(kind) ? `'${kind}'` : kind}:\n    ${literal(text, '    ')},`).join('\n')}
  },
};
`;
}

if (require.main === module) {
  for (const { name } of schemaFiles()) {
    writeFileSync(join(__dirname, '..', 'src', 'checks', 'schemas', `${name}.ts`), schemaFile(name, process.argv[2]));
  }
}
