import { IstioVersion } from '../../cluster';
import { Platform, Stage } from '../../delivery';

/**
 * Adds the commands that install Istio from the mesh's files and show whether it came up.
 */
export function addInstallSteps(platform: Platform, version: IstioVersion, namespaces: { readonly istio: string; readonly cni: string }): void {
  platform._requireRelease('istioctl', `${version}, as Istio`);
  platform.addStepBefore(Stage.MESH, {
    purpose: `Install Istio with istioctl ${version} (or with Helm or the Sail operator, from the other files in artifacts/)`,
    command: 'istioctl install -y -f artifacts/istio-operator.yaml',
    expected: 'Installation complete',
  });
  platform.addStepBefore(Stage.MESH, {
    purpose: 'Wait for istiod and for the CNI plugin on every node',
    command: `kubectl -n ${namespaces.istio} rollout status deployment/istiod --timeout=5m && kubectl -n ${namespaces.cni} rollout status daemonset/istio-cni-node --timeout=5m`,
    expected: 'deployment "istiod" successfully rolled out\ndaemon set "istio-cni-node" successfully rolled out',
  });
  platform.addStepAfter(Stage.MESH, {
    purpose: 'See that mutual TLS is strict and that nothing is allowed yet',
    command: `kubectl -n ${namespaces.istio} get peerauthentication default -o jsonpath='{.spec.mtls.mode}{"\\n"}' && kubectl -n ${namespaces.istio} get authorizationpolicy default-deny -o jsonpath='{.spec}{"\\n"}'`,
    expected: 'STRICT\n{}',
  });
}
