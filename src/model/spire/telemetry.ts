import { checkIds, checkUnknown } from './common';
import { muxPatternFault, patternsConflict } from './mux-pattern';
import { Problems } from './problems';
import { isHostPort, isTcpAddress } from './values';
import { Block } from '../../formats/hcl/reader';

/** The `telemetry` block of server and agent. */
export function checkTelemetry(telemetry: Block | undefined, problems: Problems): void {
  if (!telemetry) return;
  const prometheus = telemetry.block('Prometheus');
  checkUnknown('telemetry.Prometheus', prometheus, problems);
  for (const sink of ['DogStatsd', 'Statsd', 'M3']) {
    telemetry.blocks(sink).forEach(element => checkUnknown(`telemetry.${sink}`, element, problems));
  }
  checkUnknown('telemetry.InMem', telemetry.block('InMem'), problems);
  for (const m3 of telemetry.blocks('M3')) {
    if (m3.text('env') === '') {
      problems.refuse('telemetry', 'an element of telemetry.M3 has no env', m3.position,
        'in HCL write M3 = [{ address = "…" env = "…" }], plain blocks are split into one element per key');
    }
  }
  for (const sink of ['M3', 'DogStatsd']) {
    for (const element of telemetry.blocks(sink)) checkAddress(sink, element, problems);
  }
  if (prometheus) checkPrometheus(prometheus, problems);
}

/** The process runs on where its exporter cannot listen. */
function checkPrometheus(prometheus: Block, problems: Problems): void {
  if (prometheus.block('tls')) checkTls(prometheus.block('tls')!, problems);
  const [host, port] = [prometheus.text('host') || 'localhost', prometheus.int('port') ?? 0];
  if (port === 0) {
    problems.warn('value', 'telemetry.Prometheus has no port: the metrics are on another one at each start', prometheus.at('port'), 'set port = 9988');
  } else if (!isHostPort(`${host}:${port}`)) {
    problems.warn('value', `telemetry.Prometheus cannot listen at ${host}:${port}: the process runs without metrics`, prometheus.at(port < 0 || port > 65535 ? 'port' : 'host'),
      'give an IP address, an IPv6 one in brackets, and a port of 1 to 65535');
  }
}

/** These two look their collector up at the start, where they have an address. */
function checkAddress(sink: string, element: Block, problems: Problems): void {
  const address = element.text('address');
  if (sink === 'DogStatsd' ? address.startsWith('unix://') : address === '') return;
  // DogStatsd knows its port
  const whole = sink === 'DogStatsd' && address !== '' && !address.includes(':') ? `${address}:8125` : address;
  if (!isHostPort(whole)) problems.refuse('telemetry', `telemetry.${sink}: "${address}" is no host:port`, element.at('address'), 'write the host and the port, such as localhost:8125');
}

function checkTls(tls: Block, problems: Problems): void {
  const files = [tls.text('cert_file'), tls.text('key_file')].filter(path => path !== '').length;
  if (tls.bool('use_spire_svid') && files > 0) {
    problems.refuse('telemetry', 'Prometheus tls has files and use_spire_svid', tls.position, 'use cert_file and key_file, or use_spire_svid');
  } else if (!tls.bool('use_spire_svid') && files < 2) {
    problems.refuse('telemetry', 'Prometheus tls lacks cert_file or key_file', tls.position, 'set both, or use_spire_svid = true');
  } else if (tls.texts('authorized_spiffe_ids').length > 0 && tls.text('client_ca_file') !== '') {
    problems.refuse('telemetry', 'Prometheus tls has client_ca_file and authorized_spiffe_ids', tls.position, 'keep one of the two');
  }
  checkIds(tls.texts('authorized_spiffe_ids'), 'authorized_spiffe_ids', tls.at('authorized_spiffe_ids'), problems);
}

/** The `health_checks` block; Go's router panics on paths it cannot serve. */
export function checkHealth(health: Block | undefined, problems: Problems): void {
  checkUnknown('health_checks', health, problems);
  if (!health?.bool('listener_enabled')) return;
  checkHealthPaths(health, problems);
  const [address, port] = [health.text('bind_address'), health.text('bind_port')];
  if (!isTcpAddress(`:${port}`)) {
    problems.warn('health', `bind_port "${port}" is no port: the process runs without health checks`, health.at('bind_port'), 'give a number');
  } else if (!isTcpAddress(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)) {
    problems.warn('health', `bind_address "${address}" is no IP address and no name: the process runs without health checks`, health.at('bind_address'), 'give the port in bind_port');
  }
}

/** The paths of SPIRE's two health checks. */
export function checkHealthPaths(health: Block, problems: Problems): void {
  checkHandlers(health, { live_path: '/live', ready_path: '/ready' }, problems);
}

/** The paths that a process serves, by their keys, with what they are where nothing is said. */
export function checkHandlers(health: Block, defaults: Readonly<Record<string, string>>, problems: Problems): void {
  const paths = Object.entries(defaults).map(([name, otherwise]) => [name, health.text(name) || otherwise] as const);
  const faults = paths.map(([, path]) => muxPatternFault(path));
  paths.forEach(([name, path], i) => {
    if (!faults[i]) return;
    problems.refuse('health', `${name} ${JSON.stringify(path)} makes the process panic: ${faults[i]}`, health.at(name), 'start it with a slash, without spaces and braces');
  });
  const [[first, path], [second, other]] = paths;
  if (faults.some(fault => fault !== undefined) || !patternsConflict(path, other)) return;
  const same = path === other ? `are both "${path}"` : `("${path}" and "${other}") match the same paths`;
  problems.refuse('health', `${first} and ${second} ${same}: the process panics`, health.at(first), 'give each its own path');
}
