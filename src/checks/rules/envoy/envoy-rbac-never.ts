import { listenersOf, typed, validationOf } from '../../../model/envoy';
import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyRbacNever: Rule = {
  id: 'ENVOY-RBAC-NEVER',
  level: Level.ERROR,
  title: 'a policy of Envoy allows what never comes',
  why: 'who has no certificate, or one that the TLS of the same listener refuses, does not get as far as the policy, and the port is that of the listener: '
    + 'every request is refused',
  fix: 'write the same SPIFFE ID into principal_name and match_typed_subject_alt_names, and the port of the listener into destination_port',
  source: 'envoy config.rbac.v3; source/extensions/filters/common/rbac/matchers.cc',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const listener of listenersOf(envoy)) {
        asObjects(listener.value.filter_chains).forEach((chain, i) => {
          const at = { envoy, path: [...listener.path, 'filter_chains', i], value: chain };
          const tls = typed(at, 'DownstreamTlsContext');
          const names = tls.length === 1 ? validationOf(asObject(tls[0].value.common_tls_context))?.matchers ?? [] : [];
          // an inner listener has what the outer one hands on
          const isPlain = tls.length === 0 && !chain.transport_socket && !listener.value.internal_listener;
          for (const { path, value } of typed(at, 'rbac.v3.RBAC').filter(one => isAllowing(one.value))) {
            for (const [inner, matcher] of found(value.rules, 'principal_name', 'not_id')) {
              const reason = isPlain ? 'the listener takes no TLS, so nobody has a name' : refusal(matcher, names);
              if (reason) report.at(envoy, [...path, 'rules', ...inner], reason);
            }
            const port = asObject(asObject(listener.value.address).socket_address).port_value;
            for (const [inner, wanted] of isMoved(listener.value) ? [] : found(value.rules, 'destination_port', 'not_rule')) {
              if (typeof port === 'number' && wanted !== port) report.at(envoy, [...path, 'rules', ...inner], `destination_port is ${asText(wanted)}, the listener has port ${port}`);
            }
          }
        });
      }
    }
  },
};

function isAllowing({ rules }: Json): boolean {
  return ['', 'ALLOW', '0'].includes(asText(asObject(rules).action));
}

/** Whether requests keep the port that they were sent to before the pod's own rules sent them here. */
function isMoved(listener: Json): boolean {
  return listener.use_original_dst !== undefined || /original_dst|proxy_protocol/.test(JSON.stringify(listener.listener_filters ?? ''));
}

/** The values of a key anywhere in some rules, without those below a negation. */
function found(value: Json, key: string, negation: string, at: Path = []): [Path, Json][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]): [Path, Json][] => {
    const path = [...at, Array.isArray(value) ? Number(name) : name];
    return name === key ? [[path, inner]] : name === negation ? [] : found(inner, key, negation, path);
  });
}

/** Why nobody has a name that a policy wants, where TLS takes exact names and beginnings only. */
function refusal(principal: Json, names: Json[]): string | undefined {
  const wanted = asText(asObject(principal).exact);
  const taken = names.map(({ matcher }) => asObject(matcher));
  if (wanted === '' || taken.length === 0 || taken.some(({ exact, prefix }) => exact === undefined && prefix === undefined)) return undefined;
  if (taken.some(({ exact, prefix }) => exact === wanted || prefix !== undefined && wanted.startsWith(asText(prefix)))) return undefined;
  return `"${wanted}" is refused by TLS, which takes ${taken.map(({ exact, prefix }) => asText(exact ?? `${asText(prefix)}…`)).slice(0, 3).join(', ')}`;
}
