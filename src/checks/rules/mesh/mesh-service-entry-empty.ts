import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshServiceEntryEmpty: Rule = {
  id: 'MESH-SERVICE-ENTRY-EMPTY',
  level: Level.ERROR,
  title: 'a ServiceEntry with resolution STATIC has no endpoints',
  why: 'STATIC takes the addresses of endpoints, or of what workloadSelector selects, and looks up no name: every request ends in 503',
  fix: 'write endpoints or a workloadSelector, or resolution: DNS',
  source: 'istio pilot/pkg/serviceregistry/serviceentry/conversion.go',
  check: (system, report) => {
    for (const entry of system.all('ServiceEntry').filter(({ group }) => group === 'networking.istio.io')) {
      const { resolution, endpoints, workloadSelector } = entry.spec;
      if (asText(resolution) === 'STATIC' && asObjects(endpoints).length === 0 && !workloadSelector) report.at(entry, ['spec', 'resolution'], 'resolution STATIC without endpoints');
    }
  },
};
