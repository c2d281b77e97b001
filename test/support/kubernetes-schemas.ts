import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

type Schema = { [key: string]: any };

const TYPES = dirname(require.resolve('kubernetes-types/package.json'));
const QUANTITY = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/;
const RULE: Schema = { resources: { type: 'array', items: { type: 'string' } }, scope: { enum: ['Cluster', 'Namespaced', '*'] } };
// the published types leave these out
const LEFT_OUT: { [owner: string]: { [name: string]: Schema } } = {
  RuleWithOperations: RULE,
  NamedRuleWithOperations: RULE,
  JSONSchemaProps: {
    'x-kubernetes-embedded-resource': { type: 'boolean' },
    'x-kubernetes-int-or-string': { type: 'boolean' },
    'x-kubernetes-list-map-keys': { type: 'array', items: { type: 'string' } },
    'x-kubernetes-list-type': { enum: ['atomic', 'set', 'map'] },
    'x-kubernetes-map-type': { enum: ['atomic', 'granular'] },
    'x-kubernetes-preserve-unknown-fields': { type: 'boolean' },
    'x-kubernetes-validations': { type: 'array', items: { type: 'object', required: ['rule'] } },
  },
};
const FREE_FORM = ['RawExtension', 'JSON', 'FieldsV1', 'Patch'];

/**
 * Strict JSON schemas of Kubernetes' own kinds, from their published types (Kubernetes 1.30).
 *
 * The types are made from Kubernetes' OpenAPI document: they know every field and which ones are required, but not the values allowed.
 */
export class KubernetesSchemas {
  private readonly files = new Map<string, TypeFile>();

  /**
   * All schemas by their ids; those of a kind are there once it was asked for.
   */
  public readonly schemas = new Map<string, Schema>();

  /**
   * The id of the schema of a kind, undefined when Kubernetes has no such kind.
   */
  public find(group: string, version: string, kind: string): string | undefined {
    const path = join(group === '' ? 'core' : group.split('.')[0], version);
    if (!existsSync(join(TYPES, `${path}.d.ts`))) {
      return undefined;
    }
    const declaration = this.file(path).interfaces.get(kind);
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const own = declaration && literal(declaration, 'apiVersion') === apiVersion && literal(declaration, 'kind') === kind;
    return own ? this.reference(path, kind, ['apiVersion', 'kind', 'metadata']).$ref : undefined;
  }

  /**
   * The schema of the metadata of any object.
   */
  public metadata(): Schema {
    return this.reference('meta/v1', 'ObjectMeta');
  }

  private file(path: string): TypeFile {
    const known = this.files.get(path) ?? readTypes(path);
    this.files.set(path, known);
    return known;
  }

  private reference(path: string, name: string, alsoRequired: string[] = []): Schema {
    const file = this.file(path);
    const imported = file.imports.get(name);
    if (imported) {
      return this.reference(imported, name);
    }
    const id = `kubernetes:/${path}/${name}`;
    if (!this.schemas.has(id)) {
      this.schemas.set(id, {}); // types refer to each other in circles
      this.schemas.set(id, { $id: id, ...this.declaration(path, name, alsoRequired) });
    }
    return { $ref: id };
  }

  private declaration(path: string, name: string, alsoRequired: string[]): Schema {
    if (name === 'Quantity') {
      return { anyOf: [{ type: 'string', pattern: QUANTITY.source }, { type: 'number' }] };
    }
    if (FREE_FORM.includes(name)) {
      return {};
    }
    const alias = this.file(path).aliases.get(name);
    if (alias) {
      return this.type(path, alias, name);
    }
    const isKind = alsoRequired.length > 0;
    const members = this.file(path).interfaces.get(name)!.members.filter(ts.isPropertySignature)
      .filter((member) => !(isKind && nameOf(member) === 'status')); // what a controller writes is in no manifest
    const properties = Object.fromEntries(members.map((member) => [nameOf(member), this.type(path, member.type!, name)]));
    const required = members.filter((member) => !member.questionToken).map(nameOf);
    return {
      type: 'object',
      properties: { ...properties, ...LEFT_OUT[name] },
      required: [...new Set([...required, ...alsoRequired])],
      additionalProperties: false,
    };
  }

  private type(path: string, node: ts.TypeNode, owner: string): Schema {
    if (ts.isLiteralTypeNode(node)) {
      return { const: (node.literal as ts.StringLiteral).text };
    }
    if (ts.isUnionTypeNode(node)) {
      return { anyOf: node.types.map((part) => this.type(path, part, owner)) };
    }
    if (ts.isArrayTypeNode(node)) {
      return { type: 'array', items: this.type(path, node.elementType, owner) };
    }
    if (ts.isTypeLiteralNode(node)) {
      const member = node.members[0] as ts.IndexSignatureDeclaration;
      return { type: 'object', additionalProperties: this.type(path, member.type, owner) };
    }
    if (ts.isTypeReferenceNode(node)) {
      const name = node.typeName.getText();
      return name === 'Array' ? { type: 'array', items: this.type(path, node.typeArguments![0], owner) } : this.reference(path, name);
    }
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword: return { type: 'string' };
      case ts.SyntaxKind.BooleanKeyword: return { type: 'boolean' };
      // only the limits of a JSON schema have fractions
      case ts.SyntaxKind.NumberKeyword: return { type: owner === 'JSONSchemaProps' ? 'number' : 'integer' };
      default: throw new Error(`type '${node.getText()}' of ${owner} in ${path} is not understood`);
    }
  }
}

interface TypeFile {
  readonly interfaces: Map<string, ts.InterfaceDeclaration>;
  readonly aliases: Map<string, ts.TypeNode>;
  readonly imports: Map<string, string>;
}

function readTypes(path: string): TypeFile {
  const text = readFileSync(join(TYPES, `${path}.d.ts`), 'utf8');
  const statements = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true).statements;
  const imports = statements.filter(ts.isImportDeclaration).flatMap((statement) =>
    (statement.importClause!.namedBindings as ts.NamedImports).elements.map((element): [string, string] =>
      [element.name.text, join(dirname(path), (statement.moduleSpecifier as ts.StringLiteral).text)]));
  return {
    interfaces: new Map(statements.filter(ts.isInterfaceDeclaration).map((statement) => [statement.name.text, statement])),
    aliases: new Map(statements.filter(ts.isTypeAliasDeclaration).map((statement) => [statement.name.text, statement.type])),
    imports: new Map(imports),
  };
}

function nameOf(member: ts.PropertySignature): string {
  return (member.name as ts.Identifier | ts.StringLiteral).text;
}

function literal(declaration: ts.InterfaceDeclaration, property: string): string | undefined {
  const type = declaration.members.filter(ts.isPropertySignature).find((member) => nameOf(member) === property)?.type;
  return type && ts.isLiteralTypeNode(type) ? (type.literal as ts.StringLiteral).text : undefined;
}
