import { isAuthorized, rootOf, typed, under, validationOf } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { Json, Path, asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySanWide: Rule = {
  id: 'ENVOY-SAN-WIDE',
  level: Level.WARNING,
  title: 'a SAN matcher takes more identities than it says',
  why: 'a prefix goes on in the middle of a name: spiffe://example.org/ns/shop takes spiffe://example.org/ns/shop-test/… as well; a pattern without a trust domain takes every one',
  fix: 'end the prefix with a slash, or use exact',
  source: 'envoy type.matcher.v3.StringMatcher',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of under(envoy, 'match_typed_subject_alt_names').filter(one => enumOf(one.value?.san_type) === 'URI')) {
        const { prefix, safe_regex: pattern } = asObject(value.matcher);
        const [start, regex] = [asText(prefix), asText(asObject(pattern).regex)];
        if (isCutShort(start)) report.at(envoy, [...path, 'matcher', 'prefix'], `prefix "${start}" does not end with a slash`);
        if (/^\^?(spiffe:(\\?\/){2})?\.[*+]\$?$/.test(regex)) report.at(envoy, [...path, 'matcher', 'safe_regex'], `"${regex}" takes every identity of every trust domain`);
      }
      for (const { path, value } of ['DownstreamTlsContext', 'UpstreamTlsContext'].flatMap(type => typed(rootOf(envoy), type))) {
        const validation = validationOf(asObject(value.common_tls_context));
        const whole = validation?.matchers.map(({ matcher }) => asText(asObject(matcher).prefix)).find(prefix => /^spiffe:\/\/[^/]+\/$/.test(prefix));
        // a filter behind it may decide
        if (whole !== undefined && !isAuthorized(envoy, path)) report.at(envoy, [...path, 'common_tls_context', ...validation!.path], `prefix "${whole}" takes every identity of the trust domain`, 'write exact, or the prefix of one namespace');
      }
      for (const { path, value } of typed(rootOf(envoy), 'rbac.v3.RBAC').flatMap(one => wanted(one.value.rules, [...one.path, 'rules']))) {
        if (isCutShort(asText(value))) report.at(envoy, path, `prefix "${asText(value)}" does not end with a slash`);
      }
    }
  },
};

function isCutShort(prefix: string): boolean {
  return /^spiffe:\/\/.*[A-Za-z0-9]$/.test(prefix);
}

/** The beginnings of names in principals of a policy. */
function wanted(value: Json, at: Path): { path: Path; value: Json }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return key === 'principal_name' ? [{ path: [...path, 'prefix'], value: asObject(inner).prefix }] : wanted(inner, path);
  });
}
