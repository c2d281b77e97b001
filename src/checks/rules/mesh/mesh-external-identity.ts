import { asText, asTexts } from '../../../model/manifest';
import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshExternalIdentity: Rule = {
  id: 'MESH-EXTERNAL-IDENTITY',
  level: Level.WARNING,
  title: 'a service outside of the mesh is to prove a SPIFFE ID',
  why: 'with location MESH_EXTERNAL, which is the default, Istio does not start mutual TLS by itself: the names are not asked for',
  fix: 'set location: MESH_INTERNAL, or trafficPolicy.tls in a DestinationRule of the host',
  source: 'istio ServiceEntry',
  check: (system, report) => {
    const hosts = system.all('DestinationRule').filter(rule => JSON.stringify(rule.spec).includes('"tls"')).map(rule => asText(rule.spec.host));
    const ruled = new Set(hosts);
    const wild = hosts.filter(host => host.startsWith('*.')).map(host => host.slice(1));
    // FED-REMOTE-SNI tells it for these
    const remote = new Set(remoteHosts(system).map(({ entry }) => entry));
    for (const entry of system.all('ServiceEntry')) {
      const isSpiffe = asTexts(entry.spec.subjectAltNames).some(name => name.startsWith('spiffe://'));
      if (!isSpiffe || entry.spec.location === 'MESH_INTERNAL' || remote.has(entry)) continue;
      const isRuled = asTexts(entry.spec.hosts).some(host => ruled.has(host) || wild.some(end => host.endsWith(end)));
      if (!isRuled) report.at(entry, ['spec', 'subjectAltNames'], 'location is MESH_EXTERNAL, and no DestinationRule of the host has tls');
    }
  },
};
