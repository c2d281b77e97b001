export * from './bookinfo-zero-trust';
export * from './multi-cluster-federated';
export * from './multi-cluster-federated/federated-cluster';
