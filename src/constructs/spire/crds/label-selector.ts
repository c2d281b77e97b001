import { object, OpenApiSchema, text, textList } from './open-api';

const requirement = object('One requirement on a label.', {
  key: text('The key of the label.'),
  operator: text('How the label relates to the values: In, NotIn, Exists or DoesNotExist.'),
  values: textList('The values for In and NotIn; empty for Exists and DoesNotExist.', { 'x-kubernetes-list-type': 'atomic' }),
}, { required: ['key', 'operator'] });

/**
 * Kubernetes' LabelSelector.
 */
export function labelSelector(description: string): OpenApiSchema {
  return object(description, {
    matchExpressions: {
      'type': 'array',
      'description': 'Requirements that all have to hold.',
      'items': requirement,
      'x-kubernetes-list-type': 'atomic',
    },
    matchLabels: {
      type: 'object',
      description: 'Labels with the value that each has to have; all have to hold.',
      additionalProperties: { type: 'string' },
    },
  }, { 'x-kubernetes-map-type': 'atomic' });
}
