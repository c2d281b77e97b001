import * as kplus from 'cdk8s-plus-27';
import { Fixture } from './fixture';

test('ports are those of TCP, with their names', () => {
  const fixture = new Fixture();
  const dns = fixture.mesh.enroll(fixture.deployment('dns', (one) => one.spec.template.spec.containers[0].ports = [
    { name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' }, { containerPort: 8080 },
  ]));
  expect([dns.ports, dns.portNames]).toEqual([[53, 8080], { 'dns-tcp': 53 }]);
});

test('of cdk8s-plus likewise', () => {
  const fixture = new Fixture();
  const workload = new kplus.Deployment(fixture.user, 'dns', {
    metadata: { namespace: 'shop' },
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(fixture.user, 'account', 'dns'),
    containers: [{ image: 'dns:1', ports: [{ number: 53, name: 'dns', protocol: kplus.Protocol.UDP }, { number: 8080, name: 'http' }] }],
  });
  const { ports, portNames } = fixture.mesh.enroll(workload);
  expect([ports, portNames]).toEqual([[8080], { http: 8080 }]);
});
