import { gatewayRoutes } from '../../../model/kubernetes/gateway-api';
import { Json, Manifest, Path, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Problem, hostnameProblem, nameProblem } from '../../../model/mesh/gateway-api-values';
import { filterProblems } from '../../../model/mesh/route-filters';
import { matchProblems } from '../../../model/mesh/route-matches';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshHttpRouteShape: Rule = {
  id: 'MESH-HTTP-ROUTE-SHAPE',
  level: Level.ERROR,
  title: 'a route of the Gateway API has a form that is refused',
  why: 'the API server refuses it by the rules in its CustomResourceDefinition',
  fix: 'correct the route',
  source: 'CustomResourceDefinitions of Gateway API 1.6.0; gateway-api hack/invalid-examples',
  check: (system, report) => {
    for (const route of gatewayRoutes(system)) {
      for (const [path, message, fix] of problems(route)) report.at(route, path, message, fix);
    }
  },
};

function problems({ spec }: Manifest): Problem[] {
  return [
    ...asTexts(spec.hostnames).flatMap((name, i) => hostnameProblem(['spec', 'hostnames', i], name)),
    ...asObjects(spec.parentRefs).flatMap(({ sectionName }, i) => nameProblem(['spec', 'parentRefs', i, 'sectionName'], sectionName)),
    ...asObjects(spec.rules).flatMap((rule, i) => ofRule(rule, ['spec', 'rules', i])),
  ];
}

function ofRule(rule: Json, path: Path): Problem[] {
  const [filters, backends] = [asObjects(rule.filters), asObjects(rule.backendRefs)];
  const redirect = filters.findIndex(({ type }) => type === 'RequestRedirect');
  return [
    ...matchProblems(rule.matches, [...path, 'matches']),
    ...filterProblems(rule, [...path, 'filters']),
    ...(redirect >= 0 && backends.length > 0 ? [[[...path, 'filters', redirect], 'a rule with RequestRedirect has backendRefs', 'remove either'] as const] : []),
    ...backends.flatMap((backend, i) => [...ofBackend(backend, [...path, 'backendRefs', i]),
      ...filterProblems({ ...backend, matches: rule.matches }, [...path, 'backendRefs', i, 'filters'])]),
    ...filters.flatMap((filter, i) => filter.requestMirror === undefined ? []
      : ofBackend(asObject(filter.requestMirror.backendRef), [...path, 'filters', i, 'requestMirror', 'backendRef'])),
  ];
}

function ofBackend({ group, kind, name, port }: Json, path: Path): Problem[] {
  const isService = asText(group) === '' && (kind === undefined || kind === 'Service');
  return isService && port === undefined ? [[path, `the Service ${asText(name)} is named without a port`, 'add port']] : [];
}
