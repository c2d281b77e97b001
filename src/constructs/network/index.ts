export { ClusterNetwork } from './cluster-network';
export { NetworkPeer } from './network-peer';
