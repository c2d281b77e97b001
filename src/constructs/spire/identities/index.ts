export * from './cluster-spiffe-id';
export { LabelSelector, LabelSelectorOperator, LabelSelectorRequirement } from './label-selector';
export * from './spiffe-id-template';
