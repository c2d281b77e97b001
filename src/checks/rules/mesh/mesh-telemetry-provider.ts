import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTelemetryProvider: Rule = {
  id: 'MESH-TELEMETRY-PROVIDER',
  level: Level.ERROR,
  title: 'a Telemetry sends something to a provider of another kind',
  why: 'istiod passes over it without a word: a provider of access logs takes no metrics and no traces, and the other way round',
  fix: 'name a provider of that kind in meshConfig.extensionProviders',
  source: 'istio pilot/pkg/model/telemetry_logging.go, telemetry.go; pilot/pkg/networking/core/tracing.go',
  check: (system, report) => {
    const kinds = kindsOf(system);
    for (const telemetry of system.all('Telemetry').filter(({ group }) => group === 'telemetry.istio.io')) {
      for (const signal of Object.keys(TAKEN)) {
        asObjects(telemetry.spec[signal]).forEach((entry, i) => asObjects(entry.providers).forEach((provider, j) => {
          const given = kinds.get(asText(provider.name)) ?? [];
          if (given.length === 0 || given.some(kind => TAKEN[signal].includes(kind) || !KNOWN.has(kind))) return;
          report.at(telemetry, ['spec', signal, i, 'providers', j, 'name'], `provider "${asText(provider.name)}" is ${given.join(' or ')}, which takes no ${WORDS[signal]}`);
        }));
      }
    }
  },
};

const WORDS: Record<string, string> = { metrics: 'metrics', accessLogging: 'access logs', tracing: 'traces' };

const TAKEN: Record<string, string[]> = {
  metrics: ['prometheus', 'stackdriver'],
  accessLogging: ['envoyFileAccessLog', 'envoyHttpAls', 'envoyTcpAls', 'envoyOtelAls', 'stackdriver'],
  tracing: ['zipkin', 'lightstep', 'datadog', 'stackdriver', 'opencensus', 'skywalking', 'opentelemetry'],
};

const KNOWN = new Set([...Object.values(TAKEN).flat(), 'envoyExtAuthzHttp', 'envoyExtAuthzGrpc', 'sds']);

/** What each provider is, in any of the meshes. */
const kindsOf = once((system: System): ReadonlyMap<string, string[]> => {
  const found = new Map([['prometheus', ['prometheus']], ['stackdriver', ['stackdriver']], ['envoy', ['envoyFileAccessLog']]]);
  const providers: Json[] = system.meshes.flatMap(({ config }) => asObjects(asObject(config.value).extensionProviders));
  for (const provider of providers) {
    const name = asText(provider.name);
    found.set(name, [...found.get(name) ?? [], ...Object.keys(provider).filter(key => key !== 'name' && provider[key] !== null)]);
  }
  return found;
});
