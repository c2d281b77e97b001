import { runtimeFaults } from '../../../src/model/spire/manager-runtime';

const faults = (value: object): string[] => runtimeFaults(value as never).map(({ message }) => message);

test.each([
  [{}],
  [{ spireServerSocketPath: '/run/spire/sockets/api.sock' }],
  [{ spireServerSocketPath: '$SOCKET' }],
  [{ metrics: { bindAddress: '0' }, health: { healthProbeBindAddress: '' } }],
  [{ metrics: { bindAddress: ':8082' }, health: { healthProbeBindAddress: '127.0.0.1:8083', readinessEndpointName: '/ready', livenessEndpointName: '/live' } }],
  [{ metrics: { bindAddress: '$ADDRESS' } }],
  [{ metrics: { bindAddress: '127.0.0.1:8082' }, health: { healthProbeBindAddress: '127.0.0.2:8082' } }],
  [{ metrics: { bindAddress: ':0' }, health: { healthProbeBindAddress: ':0' } }],
  [{ health: { readinessEndpointName: 'readyz' } }],
  [{ leaderElection: { leaderElect: true, resourceName: 'a', resourceLock: 'leases', leaseDuration: '30s', renewDeadline: '20s', retryPeriod: '5s' } }],
  [{ leaderElection: { leaderElect: true, leaseDuration: '0s' } }],
  [{ leaderElection: { leaderElect: false, resourceLock: 'configmaps', leaseDuration: '1s' } }],
])('%j is taken', value => expect(faults(value)).toEqual([]));

test.each([
  [{ spireServerSocketPath: 'unix:///run/api.sock' }, 'spireServerSocketPath "unix:///run/api.sock" is a URL: the manager looks for a folder of that name: write the path alone'],
  [{ spireServerSocketPath: '/run/100%.sock' }, 'spireServerSocketPath "/run/100%.sock" has a % that no two hexadecimal digits follow: write the path alone'],
  [{ metrics: { bindAddress: '8082' } }, 'metrics.bindAddress "8082" is no host:port: write :8082, or "0" for none'],
  [{ metrics: { bindAddress: ':8082' }, health: { healthProbeBindAddress: '127.0.0.1:8082' } }, 'the metrics and the probes want the same port 8082: the manager stops'],
  [{ health: { healthProbeBindAddress: '127.0.0.1' } }, 'health.healthProbeBindAddress "127.0.0.1" is no host:port: write :8082, or "0" for none'],
  [{ health: { healthProbeBindAddress: ':8083', readinessEndpointName: 'readyz' } }, 'health.readinessEndpointName "readyz" makes the manager panic: there is no slash'],
  [{ health: { healthProbeBindAddress: ':8083', readinessEndpointName: '/{a}', livenessEndpointName: '/{b}' } }, 'the probes "/{a}" and "/{b}" match the same paths: the manager panics'],
  [{ health: { healthProbeBindAddress: ':8083', readinessEndpointName: '/healthz' } }, 'both probes are at "/healthz": the manager panics'],
  [{ leaderElection: { leaderElect: true, resourceLock: 'configmaps' } }, 'leaderElection.resourceLock "configmaps" is unknown: write leases'],
  [{ leaderElection: { leaderElect: true, leaseDuration: '10s' } }, 'leaderElection: leaseDuration 10s is not longer than renewDeadline 10s'],
  [{ leaderElection: { leaderElect: true, retryPeriod: '9s' } }, 'leaderElection: renewDeadline 10s is not longer than 1.2 times retryPeriod 9s'],
  [{ leaderElection: { leaderElect: true, retryPeriod: '-1s' } }, 'leaderElection.retryPeriod -1s is negative'],
])('fails for %j', (value, fault) => expect(faults(value)).toEqual([fault]));
