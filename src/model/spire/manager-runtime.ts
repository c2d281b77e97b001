import { muxPatternFault, patternsConflict } from './mux-pattern';
import { isTcpAddress, parseDuration } from './values';
import { goUrlFault } from '../../formats/go-url';
import { Json, Path, asObject, asText } from '../manifest';

/** What the library below the controller manager refuses when the manager starts. */
export interface RuntimeFault {
  readonly path: Path;
  readonly message: string;
}

export function runtimeFaults(value: Json): RuntimeFault[] {
  return [
    ...socketFaults(asText(value.spireServerSocketPath)),
    ...addressFaults(value),
    ...probeFaults(asObject(value.health)),
    ...electionFaults(asObject(value.leaderElection)),
  ];
}

/** The path becomes a part of a URL. */
function socketFaults(path: string): RuntimeFault[] {
  const fault = /^[a-z]+:\/\//i.test(path) ? 'is a URL: the manager looks for a folder of that name' : goUrlFault(`unix:${path}`) ?? goUrlFault(`dns:///${path}`);
  return fault === undefined || path.includes('$') ? [] : [{ path: ['spireServerSocketPath'], message: `spireServerSocketPath "${path}" ${fault}: write the path alone` }];
}

const isOff = (address: string): boolean => address === '' || address === '0';

function addressFaults({ metrics, health }: Json): RuntimeFault[] {
  const addresses: [Path, string][] = [
    [['metrics', 'bindAddress'], asText(asObject(metrics).bindAddress)],
    [['health', 'healthProbeBindAddress'], asText(asObject(health).healthProbeBindAddress)],
  ];
  const faults: RuntimeFault[] = addresses.filter(([, address]) => !isOff(address) && !address.includes('$') && !isTcpAddress(address))
    .map(([path, address]) => ({ path, message: `${path.join('.')} "${address}" is no host:port: write :8082, or "0" for none` }));
  const [one, other] = addresses.map(([, address]) => /^(.*):(\d+)$/.exec(address) ?? []);
  const isAny = (host: string): boolean => ['', '0.0.0.0', '[::]'].includes(host);
  if (one[2] !== undefined && one[2] !== '0' && one[2] === other[2] && (one[1] === other[1] || isAny(one[1]) || isAny(other[1]))) {
    faults.push({ path: addresses[1][0], message: `the metrics and the probes want the same port ${one[2]}: the manager stops` });
  }
  return faults;
}

/** The probes are patterns of Go's router, which panics at what it cannot serve. */
function probeFaults(health: Json): RuntimeFault[] {
  if (isOff(asText(health.healthProbeBindAddress))) return [];
  const names = [['readinessEndpointName', '/readyz'], ['livenessEndpointName', '/healthz']] as const;
  const paths = names.map(([name, otherwise]) => asText(health[name]) || otherwise);
  const faults = names.flatMap(([name], i) => {
    const fault = muxPatternFault(paths[i]);
    return fault ? [{ path: ['health', name], message: `health.${name} "${paths[i]}" makes the manager panic: ${fault}` }] : [];
  });
  if (faults.length > 0 || !patternsConflict(paths[0], paths[1])) return faults;
  const where = paths[0] === paths[1] ? `both probes are at "${paths[0]}"` : `the probes "${paths.join('" and "')}" match the same paths`;
  return [{ path: ['health', names[0][0]], message: `${where}: the manager panics` }];
}

// client-go waits for this many times of the period that it is told
const JITTER = 1.2;

function electionFaults(election: Json): RuntimeFault[] {
  if (election.leaderElect !== true) return [];
  const lock = asText(election.resourceLock);
  const faults: RuntimeFault[] = lock === '' || lock === 'leases' ? []
    : [{ path: ['leaderElection', 'resourceLock'], message: `leaderElection.resourceLock "${lock}" is unknown: write leases` }];
  const [lease, renew, retry] = [['leaseDuration', 15], ['renewDeadline', 10], ['retryPeriod', 2]].map(([name, otherwise]) =>
    parseDuration(asText(election[name as string])) || otherwise as number);
  if (lease <= renew) faults.push({ path: ['leaderElection'], message: `leaderElection: leaseDuration ${lease}s is not longer than renewDeadline ${renew}s` });
  else if (renew <= JITTER * retry) faults.push({ path: ['leaderElection'], message: `leaderElection: renewDeadline ${renew}s is not longer than 1.2 times retryPeriod ${retry}s` });
  else if (retry < 0) faults.push({ path: ['leaderElection', 'retryPeriod'], message: `leaderElection.retryPeriod ${retry}s is negative` });
  return faults;
}
