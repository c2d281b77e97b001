import { SpireVersion } from '../../cluster';

/**
 * The images that belong together in one release.
 */
export interface SpireImages {
  readonly server: string;
  readonly agent: string;
  readonly controllerManager: string;
  readonly csiDriver: string;
  readonly nodeDriverRegistrar: string;
  readonly oidcDiscoveryProvider: string;
}

/**
 * The images of a release of SPIRE, with the releases of the controller manager and the CSI driver that it was tried with.
 */
export function spireImages(version: SpireVersion): SpireImages {
  return {
    server: `ghcr.io/spiffe/spire-server:${version.version}`,
    agent: `ghcr.io/spiffe/spire-agent:${version.version}`,
    controllerManager: 'ghcr.io/spiffe/spire-controller-manager:0.6.6',
    csiDriver: 'ghcr.io/spiffe/spiffe-csi-driver:0.2.12',
    nodeDriverRegistrar: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.15.0',
    oidcDiscoveryProvider: `ghcr.io/spiffe/oidc-discovery-provider:${version.version}`,
  };
}
