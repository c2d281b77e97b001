/**
 * The part of OpenAPI v3 that Kubernetes takes as the schema of a custom resource, as far as SPIRE's kinds use it.
 */
export interface OpenApiSchema {
  readonly 'type': 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly 'description'?: string;
  readonly 'properties'?: { readonly [name: string]: OpenApiSchema };
  readonly 'required'?: readonly string[];
  readonly 'additionalProperties'?: OpenApiSchema;
  readonly 'items'?: OpenApiSchema;
  readonly 'enum'?: readonly string[];
  readonly 'pattern'?: string;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
}

type Details = Omit<OpenApiSchema, 'type' | 'description'>;

export const text = (description: string, details: Details = {}): OpenApiSchema => ({ type: 'string', description, ...details });

export const flag = (description: string): OpenApiSchema => ({ type: 'boolean', description });

export const count = (description: string): OpenApiSchema => ({ type: 'integer', description });

export const textList = (description: string, details: Details = {}): OpenApiSchema =>
  ({ type: 'array', description, items: { type: 'string' }, ...details });

export const object = (description: string, properties?: OpenApiSchema['properties'], details: Details = {}): OpenApiSchema =>
  ({ type: 'object', description, ...(properties ? { properties } : {}), ...details });
