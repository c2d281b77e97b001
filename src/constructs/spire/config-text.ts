import { requireInteger, requirePort, requireSome, requireText } from './input';
import { hostOf } from './network/pod-network';
import { PluginPod } from './plugins/plugin-pod';
import { SPIRE_PORTS } from './ports';
import { Profiling } from './telemetry/profiling';
import { M3Sink, SpireTelemetry } from './telemetry/telemetry';
import { SpireVersion } from '../../cluster';
import { HclBody, HclObject } from '../../formats/hcl';

/**
 * The port of Prometheus, none when it is off.
 */
export function prometheusPort(telemetry: SpireTelemetry | undefined): number | undefined {
  return telemetry?.prometheus === false ? undefined : telemetry?.prometheusPort ?? SPIRE_PORTS.prometheus;
}

/**
 * Says at the top of a file that its release of SPIRE is newer than this library.
 */
export function writeCaution(file: HclBody, version: SpireVersion): void {
  if (version._caution !== undefined) {
    file.comment(version._caution);
  }
}

/**
 * Writes the sections that server and agent share: metrics and the health endpoints of the probes.
 */
export function writeTelemetryAndHealth(file: HclBody, telemetry: SpireTelemetry, healthPort: number, pod: PluginPod): void {
  writeTelemetry(file.block('telemetry'), telemetry, pod);
  file.block('health_checks').attributes({
    listener_enabled: true,
    bind_address: '0.0.0.0',
    bind_port: String(healthPort),
    live_path: '/live',
    ready_path: '/ready',
  });
}

/**
 * The keys for profiling. Profiles are written below the working directory, which is read-only but for a volume of its own.
 */
export function profilingKeys(profiling: Profiling | undefined, pod: PluginPod): HclObject {
  requirePort('profiling port', profiling?.port);
  requireInteger('profiling frequency', profiling?.frequency, 1);
  if (profiling?.frequency !== undefined) {
    requireSome('profiling names', profiling.names ?? []);
    pod.volumes.push({ name: 'profiles', emptyDir: { sizeLimit: '256Mi' } });
    pod.volumeMounts.push({ name: 'profiles', mountPath: '/opt/spire/.profiles' });
  }
  return profiling ? {
    profiling_enabled: true,
    profiling_port: profiling.port,
    profiling_freq: profiling.frequency,
    profiling_names: profiling.names,
  } : {};
}

function writeTelemetry(section: HclBody, telemetry: SpireTelemetry, pod: PluginPod): void {
  const port = prometheusPort(telemetry);
  if (port !== undefined) {
    pod.network.answerMetrics(port);
    writePrometheus(section.block('Prometheus'), port, telemetry, pod);
  } else if (telemetry.prometheusTls || telemetry.prometheusPort !== undefined) {
    throw new Error('prometheus is false, so prometheusPort and prometheusTls have no use: leave them out');
  }
  // lists, as SPIRE splits blocks of these names into one for each key
  section.attributes({
    Statsd: telemetry.statsd?.map(sink),
    DogStatsd: telemetry.dogStatsd?.map(sink),
    M3: telemetry.m3?.map(m3Sink),
  });
  const collectors = { StatsD: telemetry.statsd, DogStatsD: telemetry.dogStatsd, M3: telemetry.m3?.map(({ address }) => address) };
  for (const [purpose, addresses] of Object.entries(collectors)) {
    addresses?.map(hostOf).forEach(({ host, port: collector }) => pod.network.call(purpose, host, collector, 'UDP'));
  }
  if (telemetry.inMemory) {
    section.block('InMem');
  }
  section.attributes({
    MetricPrefix: telemetry.metricPrefix === undefined ? undefined : requirePrefix(telemetry.metricPrefix),
    EnableTrustDomainLabel: telemetry.trustDomainLabel,
    EnableHostnameLabel: telemetry.hostnameLabel,
    AllowedPrefixes: telemetry.allowedPrefixes,
    BlockedPrefixes: telemetry.blockedPrefixes,
    AllowedLabels: telemetry.allowedLabels,
    BlockedLabels: telemetry.blockedLabels,
  });
}

function writePrometheus(prometheus: HclBody, port: number, telemetry: SpireTelemetry, pod: PluginPod): void {
  requirePort('prometheusPort', port);
  prometheus.comment('any address but localhost, so that Prometheus can scrape the pod');
  prometheus.attributes({ host: '0.0.0.0', port });
  if (telemetry.prometheusTls) {
    telemetry.prometheusTls._write(prometheus.block('tls'), pod);
  }
}

function sink(address: string): HclObject {
  return { address: requireAddress(address) };
}

function m3Sink(m3: M3Sink): HclObject {
  return { address: requireAddress(m3.address), env: requireText('environment of the M3 collector', m3.environment) };
}

function requireAddress(address: string): string {
  if (!/^[A-Za-z0-9.:[\]-]+:\d{1,5}$/.test(address)) {
    throw new Error(`collector '${address}' is no address: write it as 'host:port'`);
  }
  return address;
}

function requirePrefix(prefix: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) {
    throw new Error(`metricPrefix '${prefix}' cannot begin the name of a metric: use letters, digits and '_', not a digit first`);
  }
  return prefix;
}
