import { chartValues, placesOf } from '../../../model/spire/chart-values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmRenamed: Rule = {
  id: 'HELM-RENAMED',
  level: Level.ERROR,
  title: 'a Helm value of SPIRE\'s chart has an old name',
  why: 'the chart refuses to render',
  fix: 'use the new name',
  source: 'observed: helm with chart spire 0.30.0',
  check: (system, report) => {
    // in charts before 0.24 these are the names
    for (const values of chartValues(system).filter(({ isOld }) => !isOld)) {
      for (const [old, name] of Object.entries(RENAMED)) {
        for (const path of placesOf(values, old)) {
          if (values.get(path) !== undefined) report.at(values.manifest, path, `${path.join('.')} was renamed`, `write ${name}`);
        }
      }
    }
  },
};

/** Old names and the new ones. */
export const RENAMED: Record<string, string> = {
  'spire-server.notifier.k8sbundle': 'notifier.k8sBundle, or leave the default bundlePublisher.k8sConfigMap',
  'spire-server.ca_subject': 'caSubject, with organization and commonName',
  'spire-server.nodeAttestor.k8sPsat': 'nodeAttestor.k8sPSAT',
  'spire-server.nodeAttestor.externalK8sPsat': 'nodeAttestor.externalK8sPSAT',
  'spire-server.caSubject.common_name': 'caSubject.commonName',
  'spire-server.upstreamAuthority.certManager.issuer_name': 'issuerName',
  'spire-server.upstreamAuthority.certManager.issuer_group': 'issuerGroup',
  'spire-server.upstreamAuthority.certManager.issuer_kind': 'issuerKind',
  'spire-server.upstreamAuthority.certManager.kube_config_file': 'kubeConfigFile',
  'spire-server.dataStore.sql.plugin_data': 'databaseType, databaseName, host, port, username and externalSecret',
  'spire-agent.nodeAttestor.k8sPsat': 'nodeAttestor.k8sPSAT',
  'spire-agent.sds.defaultSvidName': 'sds.defaultSVIDName',
  'spire-agent.sds.disableSpiffeCertValidation': 'sds.disableSPIFFECertValidation',
};
