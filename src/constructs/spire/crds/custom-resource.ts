import { object, OpenApiSchema, text } from './open-api';

/**
 * What differs between SPIRE's custom resources.
 */
export interface CustomResource {
  readonly kind: string;
  readonly singular: string;
  readonly plural: string;
  readonly description: string;
  readonly printerColumns?: readonly { readonly name: string; readonly type: string; readonly jsonPath: string }[];
  readonly spec: OpenApiSchema;
  readonly status: OpenApiSchema;
}

const GROUP = 'spire.spiffe.io';

export function definitionName(resource: CustomResource): string {
  return `${resource.plural}.${GROUP}`;
}

/**
 * The `spec` of the CustomResourceDefinition.
 */
export function definitionSpec(resource: CustomResource): { [key: string]: unknown } {
  return {
    group: GROUP,
    names: { kind: resource.kind, listKind: `${resource.kind}List`, plural: resource.plural, singular: resource.singular },
    scope: 'Cluster',
    versions: [{
      name: 'v1alpha1',
      served: true,
      storage: true,
      ...(resource.printerColumns ? { additionalPrinterColumns: resource.printerColumns } : {}),
      subresources: { status: {} },
      schema: { openAPIV3Schema: root(resource) },
    }],
  };
}

function root(resource: CustomResource): OpenApiSchema {
  return object(resource.description, {
    apiVersion: text('The group and version of this object.'),
    kind: text('The kind of this object.'),
    metadata: { type: 'object' },
    spec: resource.spec,
    status: resource.status,
  }, { required: ['metadata', 'spec'] });
}
