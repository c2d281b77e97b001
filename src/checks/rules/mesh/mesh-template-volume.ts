import { asObject, asObjects, asText } from '../../../model/manifest';
import { injectionTemplates } from '../../../model/mesh/templates';
import { readManifests } from '../../../model/reader';
import { Text } from '../../../model/text';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateVolume: Rule = {
  id: 'MESH-TEMPLATE-VOLUME',
  level: Level.ERROR,
  title: 'an injection template names SPIRE\'s CSI driver where it is no volume',
  why: 'fields that a pod does not have are dropped in silence: the proxy finds no socket, and takes a certificate of Istio\'s own CA; '
    + 'a csi volume without driver refuses every pod',
  fix: 'write spec.volumes as a list, with csi: {driver: csi.spiffe.io, readOnly: true}',
  source: 'istio pkg/kube/inject/webhook.go, applyOverlay',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      const reason = template.text.includes('{{') || !template.text.includes('csi') ? undefined : problemOf(template);
      if (reason) report.in(template, template.text.split('\n').findIndex(line => /csi\b|volumes/.test(line)) + 1, `template ${name} ${reason}`);
    }
  },
};

function problemOf({ file, text }: Text): string | undefined {
  const volumes = asObjects(asObject(readManifests(file, text).manifests[0]?.value.spec).volumes);
  const drivers = volumes.filter(({ csi }) => csi !== undefined).map(({ csi }) => asText(asObject(csi).driver));
  if (drivers.includes('')) return 'has a csi volume without a driver';
  return text.includes('csi.spiffe.io') && !drivers.includes('csi.spiffe.io') ? 'has no volume of the driver csi.spiffe.io in spec.volumes' : undefined;
}
