import { Document, stringify, visit } from 'yaml';
import { asText } from '../../src/model/manifest';
import { readManifests } from '../../src/model/reader';

/** Texts by the names of their files. */
export type Files = Readonly<Record<string, string>>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const yaml = (value: Json, aliases = false): string => stringify(value, { version: '1.1', aliasDuplicateObjects: aliases, lineWidth: 0 });
const together = (texts: readonly string[]): string => texts.map(text => `---\n${text}\n`).join('');

/** Ways to write the documents of a file that mean the same. */
const OF_FILES: Record<string, (documents: Json[], text: string) => string> = {
  'JSON': documents => together(documents.map(value => JSON.stringify(value))),
  'keys in another order': documents => together(documents.map(value => yaml(reversed(value)))),
  'flow style': documents => together(documents.map(inFlowStyle)),
  'line breaks of Windows': (_, text) => text.replace(/\r?\n/g, '\r\n'),
  'aliases': documents => together(documents.map(value => yaml(shared(value, new Map()), true))),
};

/** Ways to write all objects that mean the same. */
const OF_OBJECTS: Record<string, (objects: Json[]) => Files> = {
  'one List': items => ({ 'a.yaml': yaml({ apiVersion: 'v1', kind: 'List', items }) }),
  'what helm template writes': objects => ({ 'a.yaml': together(objects.map(value => `# Source: a/templates/a.yaml\n${yaml(value)}`)) }),
  'JSON of kubectl': items => ({ 'a.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) }),
};

/** Ways to write an input that mean the same: undefined where one cannot be applied to it. */
export const REWRITINGS: Record<string, (files: Files) => Files | undefined> = {
  ...Object.fromEntries(Object.entries(OF_FILES).map(([name, write]) => [name, (files: Files) => rewritten(files, write)])),
  ...Object.fromEntries(Object.entries(OF_OBJECTS).map(([name, write]) => [name, (files: Files) => {
    const objects = objectsOf(files);
    return objects && write(objects);
  }])),
};

function rewritten(files: Files, write: (documents: Json[], text: string) => string): Files | undefined {
  const documents = Object.entries(files).map(([name, text]) => documentsOf(name, text));
  if (documents.every(list => list === undefined)) return undefined;
  return Object.fromEntries(Object.entries(files).map(([name, text], i) => [name, documents[i] ? write(documents[i], text) : text]));
}

/** The documents of a file; undefined where its text tells more than they do. */
function documentsOf(name: string, text: string): Json[] | undefined {
  if (!/\.ya?ml$/.test(name) || /cdk8s-spiffe-skip|^kind: \w*List$|^\s*\{\{/m.test(text)) return undefined;
  const { manifests, unread } = readManifests(name, text);
  const isKnown = unread.length === 0 && manifests.length > 0 && manifests.every(({ repeated }) => repeated.length === 0);
  return isKnown ? manifests.map(({ value }) => value) : undefined;
}

/** The objects of the only file; undefined where something else is in it, or one of them twice. */
function objectsOf(files: Files): Json[] | undefined {
  const [[name, text], ...others] = Object.entries(files);
  const documents = others.length > 0 ? undefined : documentsOf(name, text);
  const names = documents?.map(({ apiVersion, kind, metadata }) => [asText(apiVersion).split('/')[0], kind, metadata?.namespace, metadata?.name].join('/'));
  const isKnown = documents?.every(({ apiVersion, kind }) => apiVersion && kind && kind !== 'Kustomization');
  return isKnown && new Set(names).size === names!.length ? documents : undefined;
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  return value instanceof Object ? Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)])) : value;
}

function inFlowStyle(value: Json): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, { Collection: (_, node) => {node.flow = true;} });
  return document.toString({ lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' });
}

/** A value in which what is there twice is one object. */
function shared(value: Json, known: Map<string, Json>): Json {
  if (!(value instanceof Object) || Object.keys(value).length === 0) return value;
  const text = JSON.stringify(value);
  const copy = (): Json => Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shared(inner, known)]));
  if (!known.has(text)) known.set(text, Array.isArray(value) ? value.map(inner => shared(inner, known)) : copy());
  return known.get(text);
}
