import { releasesOf } from '../../../model/helm-releases';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmReleaseName: Rule = {
  id: 'HELM-RELEASE-NAME',
  level: Level.ERROR,
  title: 'a release of SPIRE\'s chart has a name that holds the name of one of its parts',
  why: 'the chart then leaves that part out of some names and not of others: agents call a Service that is not there, or run as an account that is not allowed',
  fix: 'call the release spire',
  source: 'helm-charts-hardened issue 583; observed: chart spire 0.30.0',
  check: (system, report) => {
    for (const { manifest, path, name, values } of releasesOf(system)) {
      const part = ['server', 'agent'].find(word => name.includes(word));
      if (part === undefined || asText(asObject(asObject(values)[`spire-${part}`]).fullnameOverride) !== '') continue;
      report.at(manifest, path, `the release is called ${name}, which holds "${part}"`);
    }
  },
};
