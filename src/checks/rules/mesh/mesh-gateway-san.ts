import { asObject, asObjects, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewaySan: Rule = {
  id: 'MESH-GATEWAY-SAN',
  level: Level.ERROR,
  title: 'a server of a Gateway names the clients that it takes and asks none for a certificate',
  why: 'mode SIMPLE demands no certificate: who shows none gets in, whatever subjectAltNames says',
  fix: 'use mode MUTUAL with the CA of the clients',
  source: 'istio Gateway ServerTLSSettings; pilot/pkg/networking/core/gateway.go',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const { mode, subjectAltNames } = asObject(server.tls);
        if (mode === 'SIMPLE' && asTexts(subjectAltNames).length > 0) report.at(gateway, ['spec', 'servers', i, 'tls', 'subjectAltNames'], `mode is SIMPLE, and subjectAltNames wants ${asTexts(subjectAltNames)[0]}`);
      });
    }
  },
};
