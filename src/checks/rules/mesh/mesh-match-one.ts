import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { routesOf } from '../../../model/mesh/routes';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshMatchOne: Rule = {
  id: 'MESH-MATCH-ONE',
  level: Level.ERROR,
  title: 'a match of a route compares in two ways at once',
  why: 'exact, prefix and regex exclude each other: the API server refuses the VirtualService',
  fix: 'keep one of them, or write two matches',
  source: 'istio StringMatch; CustomResourceDefinition of VirtualService, oneOf',
  check: (system, report) => {
    for (const { service, path, value } of routesOf(system)) {
      asObjects(value.match).forEach((match, i) => {
        for (const [at, one] of comparisons(match)) {
          const given = ['exact', 'prefix', 'regex'].filter(name => asText(asObject(one)[name]) !== '');
          if (given.length > 1) report.at(service, [...path, 'match', i, ...at], `${given.join(' and ')} exclude each other`);
        }
      });
    }
  },
};

function comparisons(match: Json): [Path, unknown][] {
  const single = ['uri', 'scheme', 'method', 'authority'].map((name): [Path, unknown] => [[name], match[name]]);
  return [...single, ...['headers', 'withoutHeaders', 'queryParams'].flatMap(name => Object.entries(asObject(match[name])).map(([key, one]): [Path, unknown] => [[name, key], one]))];
}
