export * from './spiffe-validation';
export * from './spiffe-validation-props';
