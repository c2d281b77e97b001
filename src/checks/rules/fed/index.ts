import { fedAlias } from './fed-alias';
import { fedAnyDomainSource } from './fed-any-domain-source';
import { fedBootstrap } from './fed-bootstrap';
import { fedBundle } from './fed-bundle';
import { fedCalled } from './fed-called';
import { fedCaller } from './fed-caller';
import { fedDnsCapture } from './fed-dns-capture';
import { fedEndpoint } from './fed-endpoint';
import { fedEndpointClosed } from './fed-endpoint-closed';
import { fedEndpointDomain } from './fed-endpoint-domain';
import { fedEndpointInside } from './fed-endpoint-inside';
import { fedEndpointOther } from './fed-endpoint-other';
import { fedEndpointRanges } from './fed-endpoint-ranges';
import { fedEndpointService } from './fed-endpoint-service';
import { fedEndpointUnguarded } from './fed-endpoint-unguarded';
import { fedEnvoyAddress } from './fed-envoy-address';
import { fedEnvoyBundle } from './fed-envoy-bundle';
import { fedFailover } from './fed-failover';
import { fedFailoverSan } from './fed-failover-san';
import { fedFetchClosed } from './fed-fetch-closed';
import { fedGateway } from './fed-gateway';
import { fedGatewayClosed } from './fed-gateway-closed';
import { fedGatewayDenied } from './fed-gateway-denied';
import { fedIdOverlap } from './fed-id-overlap';
import { fedIstioVersion } from './fed-istio-version';
import { fedLocalEndpoint } from './fed-local-endpoint';
import { fedMeshDomains } from './fed-mesh-domains';
import { fedMeshId } from './fed-mesh-id';
import { fedMeshName } from './fed-mesh-name';
import { fedMeshUnaware } from './fed-mesh-unaware';
import { fedNetwork } from './fed-network';
import { fedNetworkClosed } from './fed-network-closed';
import { fedNetworkView } from './fed-network-view';
import { fedNoBundleEndpoint } from './fed-no-bundle-endpoint';
import { fedNoNetwork } from './fed-no-network';
import { fedOneDomain } from './fed-one-domain';
import { fedOneWay } from './fed-one-way';
import { fedOwnDomain } from './fed-own-domain';
import { fedOwnPartner } from './fed-own-partner';
import { fedRemoteGateway } from './fed-remote-gateway';
import { fedRemoteIdentity } from './fed-remote-identity';
import { fedRemoteSan } from './fed-remote-san';
import { fedRemoteSansDiffer } from './fed-remote-sans-differ';
import { fedRemoteService } from './fed-remote-service';
import { fedRemoteSni } from './fed-remote-sni';
import { fedSan } from './fed-san';
import { fedSdsNames } from './fed-sds-names';
import { fedTwice } from './fed-twice';
import { fedUnknownCaller } from './fed-unknown-caller';
import { fedUnknownPartner } from './fed-unknown-partner';
import { fedUnused } from './fed-unused';
import { Rule } from '../../rule';

export const FED_RULES: readonly Rule[] = [
  fedAlias,
  fedAnyDomainSource,
  fedBootstrap,
  fedBundle,
  fedCalled,
  fedCaller,
  fedDnsCapture,
  fedEndpoint,
  fedEndpointClosed,
  fedEndpointDomain,
  fedEndpointInside,
  fedEndpointOther,
  fedEndpointRanges,
  fedEndpointService,
  fedEndpointUnguarded,
  fedEnvoyAddress,
  fedEnvoyBundle,
  fedFailover,
  fedFailoverSan,
  fedFetchClosed,
  fedGateway,
  fedGatewayClosed,
  fedGatewayDenied,
  fedIdOverlap,
  fedIstioVersion,
  fedLocalEndpoint,
  fedMeshDomains,
  fedMeshId,
  fedMeshName,
  fedMeshUnaware,
  fedNetwork,
  fedNetworkClosed,
  fedNetworkView,
  fedNoBundleEndpoint,
  fedNoNetwork,
  fedOneDomain,
  fedOneWay,
  fedOwnDomain,
  fedOwnPartner,
  fedRemoteGateway,
  fedRemoteIdentity,
  fedRemoteSan,
  fedRemoteSansDiffer,
  fedRemoteService,
  fedRemoteSni,
  fedSan,
  fedSdsNames,
  fedTwice,
  fedUnknownCaller,
  fedUnknownPartner,
  fedUnused,
];
