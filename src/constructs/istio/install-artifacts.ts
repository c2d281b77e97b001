import { Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { CNI_NAMESPACE, InstallValues, ISTIO_NAMESPACE } from './install-values';
import { IstioVersion } from '../../cluster';
import { Artifact } from '../../delivery';

/**
 * Writes the same installation of Istio for istioctl, for Helm and for the Sail operator. One of the three is used.
 */
export function defineInstallArtifacts(scope: Construct, values: InstallValues, version: IstioVersion): void {
  const caution = version._caution === undefined ? '' : `# ${version._caution}\n`;
  const define = (fileName: string, purpose: string, documents: () => any[]) => {
    // the copy has no shared parts, which YAML would write as anchors
    const render = () => caution + Yaml.stringify(...JSON.parse(JSON.stringify(documents())));
    new Artifact(scope, fileName, { fileName, purpose, content: { render } });
  };
  define('istio-operator.yaml', 'Istio for istioctl: istioctl install -f', () => [values.istioOperator()]);
  define('istio-base-values.yaml', `Istio for Helm, chart base in ${ISTIO_NAMESPACE}`, () => [values.baseChart()]);
  define('istiod-values.yaml', `Istio for Helm, chart istiod in ${ISTIO_NAMESPACE}`, () => [values.istiodChart()]);
  define('istio-cni-values.yaml', `Istio for Helm, chart cni in ${CNI_NAMESPACE}`, () => [values.cniChart()]);
  define('sail-istio.yaml', 'Istio for the Sail operator: kubectl apply -f', () => values.sail());
}
