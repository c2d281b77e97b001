import { MergedPolicies, RULES_LIMIT } from '../../../../src/constructs/access/enforcers/merged-policies';

function merged() {
  const objects = new Map<string, () => any[]>();
  const policies = new MergedPolicies("AuthorizationPolicy 'api-allow' of 'shop/api'", (suffix, rules) => objects.set(suffix, rules));
  return { policies, rules: () => [...objects].map(([suffix, produce]) => [suffix, produce()]) };
}

test('rules are sorted, and each stands once', () => {
  const { policies, rules } = merged();
  ['b', 'a', 'c', 'a'].forEach((name) => policies.add({ name }));
  expect(rules()).toEqual([['', [{ name: 'a' }, { name: 'b' }, { name: 'c' }]]]);
});

test('a further object begins where one would get larger than an annotation may be', () => {
  const { policies, rules } = merged();
  const large = (name: string) => ({ name: name.repeat(RULES_LIMIT / 2 - 100) });
  ['a', 'b', 'c', 'a'].forEach((name) => policies.add(large(name)));
  expect(rules()).toEqual([['', [large('a'), large('b')]], ['-2', [large('c')]]]);
});

test('fails for a rule that no object holds', () => {
  const { policies } = merged();
  expect(() => policies.add({ name: 'a'.repeat(RULES_LIMIT) })).toThrow(
    `AuthorizationPolicy 'api-allow' of 'shop/api' would get a rule of ${RULES_LIMIT + 11} bytes, of ${RULES_LIMIT} that fit into one object: `
    + 'name fewer methods, paths or hosts in one statement, or a beginning for several paths');
});
