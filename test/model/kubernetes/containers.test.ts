import { containersWith } from '../../../src/model/kubernetes/containers';
import { System } from '../../../src/model/system';
import { systemOf } from '../system-of';

function system(...containers: string[]): System {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n${containers.map(one => `  - ${one}\n`).join('')}`;
  return systemOf(text);
}

test('containers are found by the variables that they have, each once', () => {
  const pods = system('{name: a, env: [{name: A, value: "1"}, {name: A, value: "2"}, {name: B}]}', '{name: b, env: [{name: B}]}', '{name: c}', '{name: d, env: wrong}');
  const names = (variable: string): string[] => containersWith(pods, variable).map(({ container }) => container.name);
  expect([names('A'), names('B'), names('C')]).toEqual([['a'], ['a', 'b'], []]);
});
