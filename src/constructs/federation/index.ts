export * from './bundle-bootstrap';
export * from './federation';
export * from './federation-member';
export * from './federation-monitoring';
export * from './federation-partner';
export * from './federation-topology';
export * from './partner-service';
